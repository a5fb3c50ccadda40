"""The smallest pieces of a page, as functions: a list of rows asks for hundreds of them, and a macro costs ten times as much.

Every value that comes in is escaped here; what goes out is safe to print.
"""

from functools import cache
from typing import Any
from urllib.parse import quote

from django.templatetags.static import static
from django.utils.translation import gettext
from markupsafe import Markup, escape


@cache
def icon(name: str, label: str = "") -> Markup:
    """Draw an icon; with a label it speaks for itself, without it is decoration."""
    said = f' role="img" aria-label="{escape(label)}"' if label else ' aria-hidden="true"'
    address = escape(f"{static('core/icons.svg')}#{name}")
    return Markup(f'<svg class="icon" width="20" height="20" focusable="false"{said}><use href="{address}"></use></svg>')  # noqa: S704


def badge(text: Any, tone: str = "plain", icon_name: str = "") -> Markup:
    """Draw a word with a tone; a colour is never alone."""
    drawn = icon(icon_name) if icon_name else ""
    return Markup(f'<span class="badge t-{escape(tone)}">{drawn}{escape(text)}</span>')  # noqa: S704


def channel(kind: str, href: str, label: str) -> Markup:
    """Draw a button that calls, mails or shows the way."""
    said = escape(label)
    return Markup(f'<a class="btn quiet round" href="{escape(href)}" title="{said}" aria-label="{said}">{icon(kind)}</a>\n')  # noqa: S704


def panel(label: str, icon_name: str, href: str, come_back: str, group: str = "") -> Markup:
    """Draw something to do that is fetched when it is opened; without JavaScript it holds a link to its page."""
    address = escape(f"{href}{'&' if '?' in href else '?'}next={quote(come_back)}")
    name = f' name="{escape(group)}"' if group else ""
    alone = escape(gettext("Open this on a page of its own"))
    return Markup(  # noqa: S704
        f'<details class="act"{name} hx-get="{address}" hx-trigger="toggle once" hx-target="find .act-panel" hx-swap="innerHTML">\n'
        f"<summary>{icon(icon_name)}{escape(label)}</summary>\n"
        f'<div class="act-panel"><p><a href="{address}">{alone}</a></p></div>\n</details>\n'
    )

"""What comes many times on a page is drawn once for each shape, with blanks in it; after that only its values are filled in.

Drawing a row of a long list takes twenty times as long as filling it in. How it looks stands in its template all the same: there every value
that is there is a blank, every other is "", so a template may ask whether there is one and never what it is. Drawn pieces are kept, values are not.
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language
from markupsafe import Markup, escape

# Blanks have the form of a ref, so that addresses can be made with them.
BLANKS = [f"{letter * 10}z9y8x7w6v5" for letter in "23456789abcdefghjkmnpqrstuvwxyz"]


def fill(template: str, values: Mapping[str, str], **shape: Hashable) -> Markup:
    """Draw a template with these values, each escaped unless it is markup. `shape`: what else decides how it looks, as it is.

    What goes into an address behind its "?" has to be quoted already. The template sees nothing of the request.
    """
    drawn = _drawn(template, tuple(values), tuple(map(bool, values.values())), tuple(shape.items()), get_language())
    safe = {name: value if isinstance(value, Markup) else escape(value) for name, value in values.items()}
    return Markup(drawn % safe)  # noqa: S704 - drawn by a template of ours


def joined(pieces: Iterable[Markup]) -> Markup:
    """Put pieces that were drawn one after another."""
    return Markup("".join(pieces))  # noqa: S704 - markup already


@lru_cache(maxsize=1000)
def _drawn(
    template: str,
    names: tuple[str, ...],
    there: tuple[bool, ...],
    shape: tuple[tuple[str, Hashable], ...],
    language: str | None,
) -> str:
    blanks = dict(zip(names, BLANKS, strict=False))
    given = {name: Markup(blanks[name]) if is_there else "" for name, is_there in zip(names, there, strict=True)}  # noqa: S704 - letters and digits
    text = render_to_string(template, given | dict(shape))
    text = text.replace("%", "%%")
    for name, blank in blanks.items():
        text = text.replace(blank, f"%({name})s")
    return text

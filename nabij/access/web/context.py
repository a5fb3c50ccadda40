"""What every page knows."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import fitting_seat

from .addresses import rules_of

# The main menu: URL name, label, shortcut. Who sees an item follows from the page's own declaration.
MENU = [
    ("desk:my_day", _("My day"), "g d"),
    ("signals:triage", _("Signals"), "g t"),
    ("desk:own_team", _("Team board"), "g m"),
    ("desk:search", _("Find a resident"), "/"),
    ("desk:privacy", _("Privacy"), "g p"),
    ("handover:list", _("Handover"), "g o"),
    ("administration:duty", _("Duty rota"), "g r"),
    ("administration:manage", _("Management"), "g b"),
]


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    here = getattr(request.resolver_match, "view_name", "")
    return [
        {"url": reverse(name), "label": label, "key": key, "current": here == name, "name": name}
        for name, label, key in MENU
        if fitting_seat(request.actor, rules_of(name)) is not None
    ]


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the menu, the messages, the language and who is logged in."""
    actor = getattr(request, "actor", None)
    is_worker = actor is not None and actor.kind == "worker"
    return {
        "actor": actor,
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),  # one mask for all forms of a page
        "nav": _menu(request) if is_worker else [],
        "may_capture": is_worker and fitting_seat(actor, rules_of("signals:capture")) is not None,
        "django_messages": get_messages(request),
        "language": get_language(),
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
    }


"""What other rooms show on a resident's page: fetched after the page itself is there, and links to what is done seldom."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nabij.access.actor import Actor
from nabij.access.doors import fitting_seat
from nabij.access.web.addresses import rules_of

Label = str | Promise
# Fetched by the page; without JavaScript each is a link.
LATER: list[tuple[str, Label]] = [("network:map", _("Network")), ("life_domains:picture", _("Life domains"))]
# About the resident, and about the case that is open.
OF_RESIDENT: list[tuple[str, Label]] = [
    ("life_domains:scores", _("Write down how it goes")),
    ("network:household", _("Who lives here")),
    ("portal:manage", _("The resident's own page")),
    ("piling:of", _("What comes together")),
    ("meldcode:of", _("Reporting code")),
]
OF_CASE: list[tuple[str, Label]] = [
    ("conferences:of_case", _("Case conferences")),
    ("outcomes:of_case", _("What came of it")),
    ("wmo:start_case", _("Start a Wmo track")),
]


@dataclass(frozen=True)
class Panel:
    """One place to go: its address and its name."""

    url: str
    label: Label


def panels_for(actor: Actor, *, ref: str) -> list[Panel]:
    """Return the panels of other rooms that this actor may read."""
    return _there(actor, LATER, ref)


def rooms_for(actor: Actor, *, ref: str, case_ref: str = "") -> list[Panel]:
    """Return the pages of other rooms about this resident, and about the open case, that this actor may open."""
    return [*(_there(actor, OF_CASE, case_ref) if case_ref else []), *_there(actor, OF_RESIDENT, ref)]


def _there(actor: Actor, pages: list[tuple[str, Label]], ref: str) -> list[Panel]:
    found = []
    for name, label in pages:
        if fitting_seat(actor, rules_of(name)) is not None:
            try:
                found.append(Panel(reverse(name, args=[ref]), label))
            except NoReverseMatch:  # an installation may leave a room out
                continue
    return found

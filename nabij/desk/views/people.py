"""Everything about one resident on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from nabij.access.actor import Actor
from nabij.access.doors import VERBS, fitting_seat
from nabij.access.models import Role
from nabij.access.web.addresses import rules_of
from nabij.access.web.pages import page
from nabij.desk import queries
from nabij.desk.moments import words_for
from nabij.desk.panels import panels_for, rooms_for
from nabij.desk.timeline import SHOWS, timeline
from nabij.residents.queries import HeaderOf

# What is done seldom: behind a fold on the page. Who sees it follows from the page's own declaration.
SELDOM = [
    ("desk:who_looked", gettext_lazy("Who looked?")),
    ("duplicates:of", gettext_lazy("In the file twice?")),
    ("access:share", gettext_lazy("Share with another organisation")),
    ("access:restrict", gettext_lazy("Restrict to named people")),
    ("access:widen", gettext_lazy("Open to the whole team again")),
    ("access:know_resident", gettext_lazy("I know this resident")),
    ("casework:record_death", gettext_lazy("This resident has died")),
]
OPENS = {Role.WORKER: "team", Role.LEAD: "team", Role.GGD: "own", Role.VOLUNTEER: "own", Role.YOUTH_WORKER: "own"}


def _seldom(actor: Actor, header: HeaderOf) -> list[tuple[str, str]]:
    """Return address and name of what this actor may do seldom with this resident."""
    left_out = {"access:restrict" if header.restricted else "access:widen", "casework:record_death" if header.deceased_on else ""}
    return [(reverse(name, args=[header.ref]), label) for name, label in SELDOM if name not in left_out and fitting_seat(actor, rules_of(name))]


def _rights(actor: Actor) -> dict[str, bool]:
    """Return which buttons this actor finds on the page."""
    verbs = {"may_open_case": "casework.open_case", "may_hand_over": "commitments.hand_over"}
    may = {name: fitting_seat(actor, VERBS[verb].allow) is not None for name, verb in verbs.items()}
    return {**may, "simple": actor.functions == {Role.VOLUNTEER}}


@page("desk:resident", allow=OPENS)
def resident(request: HttpRequest, ref: str) -> HttpResponse:
    actor = request.actor
    shown = queries.resident_page(actor=actor, ref=ref)
    actor.saw(shown.dossier.pk)
    request.opened = shown.dossier.pk
    show = request.GET.get("show", "") if request.GET.get("show") in SHOWS else ""
    moments = timeline(actor=actor, dossier=shown.dossier, show=show, after=request.GET.get("after", ""))
    facts = {"shown": shown, "header": shown.header, "dossier": shown.dossier, **_rights(actor)}
    case_ref = shown.leading.page_ref if shown.leading and shown.has_case else ""
    facts |= {"panels": panels_for(actor, ref=ref), "rooms": rooms_for(actor, ref=ref, case_ref=case_ref)}
    facts |= {"seldom": _seldom(actor, shown.header), "plans": queries.short_plans(actor=actor, case_ids=shown.case_ids)}
    return render(request, "desk/resident.html", {**facts, "moments": moments, "show": show, "words": words_for})

"""Find a resident; everything about one resident on one page."""

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
from nabij.desk.forms import SearchForm
from nabij.desk.moments import words_for
from nabij.desk.timeline import SHOWS, timeline
from nabij.residents.actions import search as search_people
from nabij.residents.queries import HeaderOf

# What is done seldom: behind a fold on the page. Who sees it follows from the page's own declaration.
SELDOM = [
    ("desk:who_looked", gettext_lazy("Who looked?")),
    ("access:share", gettext_lazy("Share with another organisation")),
    ("access:restrict", gettext_lazy("Restrict to named people")),
    ("access:widen", gettext_lazy("Open to the whole team again")),
    ("access:know_resident", gettext_lazy("I know this resident")),
    ("casework:record_death", gettext_lazy("This resident has died")),
]
OPENS = {Role.WORKER: "team", Role.LEAD: "team", Role.GGD: "own", Role.VOLUNTEER: "own", Role.YOUTH_WORKER: "own"}


@page("desk:search", allow=VERBS["residents.search"].allow)
def search(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    form = SearchForm(request.POST or None)
    answer = None
    if form.is_bound and form.is_valid():
        answer = form.perform(search_people, actor=actor, at=actor.at, words=form.cleaned_data["words"])
        actor.saw(*[candidate.resident.pk for candidate in answer.candidates])
    may_open, may_create = fitting_seat(actor, OPENS) is not None, fitting_seat(actor, VERBS["residents.create"].allow) is not None
    may_break = fitting_seat(actor, rules_of("residents:break_glass")) is not None
    context = {"form": form, "answer": answer, "may_break": may_break, "may_open": may_open, "may_create": may_create, "asked": answer is not None}
    return render(request, "desk/search.html", context, status=422 if form.is_bound and form.errors else 200)


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
    facts |= {"seldom": _seldom(actor, shown.header), "plans": queries.short_plans(actor=actor, dossier=shown.dossier)}
    return render(request, "desk/resident.html", {**facts, "moments": moments, "show": show, "words": words_for})

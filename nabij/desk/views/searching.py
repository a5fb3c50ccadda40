"""Find a resident: the whole page, or only the answer while somebody types."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nabij.access.actor import Actor
from nabij.access.doors import VERBS, fitting_seat
from nabij.access.web.addresses import rules_of
from nabij.access.web.pages import page
from nabij.desk.forms import SearchForm
from nabij.residents.actions import search as search_people

from .people import OPENS


@page("desk:search", allow=VERBS["residents.search"].allow)
def search(request: HttpRequest) -> HttpResponse:
    actor, typing = request.actor, bool(request.htmx)
    form, answer = SearchForm(request.POST or None), None
    if form.is_bound and form.is_valid():
        answer = form.perform(search_people, actor=actor, at=actor.at, words=form.cleaned_data["words"])
        actor.saw(*[candidate.resident.pk for candidate in answer.candidates])
    shown = {"form": form, "answer": answer, "asked": answer is not None, **_may(actor)}
    if typing:  # an empty box while somebody types is no mistake
        return render(request, "desk/_found.html", shown)
    return render(request, "desk/search.html", shown, status=422 if form.is_bound and form.errors else 200)


def _may(actor: Actor) -> dict[str, Any]:
    """Return which doors stand open from here."""
    return {
        "may_open": fitting_seat(actor, OPENS) is not None,
        "may_create": fitting_seat(actor, VERBS["residents.create"].allow) is not None,
        "may_break": fitting_seat(actor, rules_of("residents:break_glass")) is not None,
    }

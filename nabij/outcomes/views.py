"""What a case led to, the four questions on a page without an account, and what came back on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.actor import link_actor
from nabij.access.doors import PUBLIC, fitting_seat
from nabij.access.web.pages import page
from nabij.casework.actions import READS, WORKS
from nabij.core.errors import Absent
from nabij.links.opening import TooOften, open_link
from nabij.signals.queries import open_municipalities

from . import actions, forms, queries
from .models import Experience

ANYBODY = {PUBLIC: "own"}


@page("outcomes:of_case", allow=READS)
def of_case(request: HttpRequest, ref: str) -> HttpResponse:
    actor, case = request.actor, queries.case_at(actor=request.actor, ref=ref)
    outcome = queries.outcome_of(actor=actor, case=case)
    actor.saw(*(person.dossier.pk for person in outcome.people))
    context = {"outcome": outcome, "case": case, "today": actor.on, "may_change": fitting_seat(actor, WORKS) is not None and bool(outcome.people)}
    return render(request, "outcomes/of_case.html", context)


@page("outcomes:ask")
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    actor, case = request.actor, queries.case_at(actor=request.actor, ref=ref)
    people = queries.residents_of(actor=actor, case=case)
    actor.saw(*(dossier.pk for dossier, _name in people))
    form = forms.AskForm(request.POST or None, people=people, auto_id=f"id_{ref}_ask_%s")
    if form.is_bound and form.is_valid():
        asked = form.perform(actions.ask_experience, actor=actor, at=actor.at, case=case, dossier=form.whom(), way=form.cleaned_data["way"])
        if isinstance(asked, actions.Asked) and asked.experience.way == Experience.Way.PRINTED:
            return render(request, "outcomes/printed.html", {"case": case, "address": asked.address})
        if asked:
            messages.success(request, _("The four questions are on their way."))
            return redirect("outcomes:of_case", case.ref)
    return _form(request, "outcomes/ask.html", form, case, people)


@page("outcomes:paper")
def paper(request: HttpRequest, ref: str) -> HttpResponse:
    actor, case = request.actor, queries.case_at(actor=request.actor, ref=ref)
    people = queries.residents_of(actor=actor, case=case)
    actor.saw(*(dossier.pk for dossier, _name in people))
    form = forms.PaperForm(request.POST or None, people=people, initial={"on": actor.on})
    if form.is_bound and form.is_valid():
        day, facts = form.cleaned_data["on"], form.answers()
        if form.perform(actions.type_answer, actor=actor, at=actor.at, case=case, dossier=form.whom(), on=day, **facts):
            messages.success(request, _("Written down, as filled in on paper."))
            return redirect("outcomes:of_case", case.ref)
    return _form(request, "outcomes/paper.html", form, case, people)


def _form(request: HttpRequest, template: str, form: forms.WhomForm, case: object, people: list[object]) -> HttpResponse:
    return render(request, template, {"form": form, "case": case, "people": people}, status=422 if form.is_bound and form.errors else 200)


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the address of a link out of other sites' logs and out of every cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _gone(request: HttpRequest, message: str, status: int) -> HttpResponse:
    return _quiet(render(request, "outcomes/gone.html", {"message": message, "houses": open_municipalities()}, status=status))


@page("outcomes:questions", allow=ANYBODY)
def questions(request: HttpRequest, secret: str) -> HttpResponse:
    here = request.actor
    try:
        link = open_link(kind=actions.KIND, secret=secret, at=here.at, origin=here.origin)
        experience = queries.asked_by_link(ref=link.subject)
    except TooOften as often:
        return _gone(request, often.message, 429)
    except Absent:
        experience = None
    if experience is None:
        return _gone(request, "", 404)
    form = forms.AnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actor = link_actor(subject=link.subject, at=here.at, request_id=here.request_id, origin=here.origin)
        if form.perform(actions.answer_by_link, actor=actor, at=here.at, experience=experience, link=link, **form.answers()):
            return _quiet(redirect("outcomes:thanks"))
    context = {"form": form, "house": experience.dossier.municipality, "team": experience.case.commitment.team}
    return _quiet(render(request, "outcomes/questions.html", context, status=422 if form.is_bound and form.errors else 200))


@page("outcomes:thanks", allow=ANYBODY)
def thanks(request: HttpRequest) -> HttpResponse:
    return _quiet(render(request, "outcomes/thanks.html"))

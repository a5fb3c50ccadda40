"""Maatwerk buiten de regels: put it into the plan, the colleague's word, the municipality's amount."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nabij.access.agreements import agreements_of
from nabij.access.web.pages import page
from nabij.administration.asking import Question, ask, page_of, typed
from nabij.administration.queries import municipality_of
from nabij.casework import actions, queries
from nabij.casework.forms import BreakthroughForm, LimitForm, WordForm
from nabij.casework.models import Breakthrough, Case
from nabij.casework.models.measures import euros
from nabij.commitments.clock import end_of

from .answers import answer, done, facts, show


@page("casework:breakthrough")
def breakthrough(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = _measure_form(request, case)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        day, data["peer"] = data.pop("due_on"), form.person("peer")
        made = form.perform(actions.ask_breakthrough, case=case, due_at=end_of(day) if day else None, **data, **facts(request))
        if made:
            said = _("Your colleague is asked for a word.") if made.state == Breakthrough.State.ASKED else _("This is in the plan.")
            return done(request, case, said, f"breakthrough-{case.ref}")
    return show(request, "casework/_breakthrough.html", case, form, f"breakthrough-{case.ref}")


def _measure_form(request: HttpRequest, case: Case) -> BreakthroughForm:
    people = queries.peers(actor=request.actor, case=case)
    limit = euros(queries.limit_of(municipality_id=case.commitment.municipality_id))
    return BreakthroughForm(request.POST or None, people=people, limit=limit, rungs=agreements_of(municipality=case.commitment.municipality).rung_choices, auto_id=f"id_{case.ref}_measure_%s")


@page("casework:breakthrough_word")
def breakthrough_word(request: HttpRequest, ref: str) -> HttpResponse:
    return word_form(request, queries.breakthrough_of(actor=request.actor, ref=ref))


def word_form(request: HttpRequest, measure: Breakthrough) -> HttpResponse:
    """Show or carry out the word about a measure."""
    form = WordForm(request.POST or None, auto_id=f"id_{measure.ref}_word_%s")
    said = _("Your word is written down.")
    return answer(request, measure.activity.case, form, actions.give_word, "casework/_word.html", said, breakthrough=measure)


@page("casework:breakthrough_limit")
def breakthrough_limit(request: HttpRequest) -> HttpResponse:
    ours = municipality_of(actor=request.actor)
    rows = queries.limits_of(municipality_id=ours.pk)
    form = LimitForm(typed(request), initial={"amount": rows[0].amount if rows else None})
    question = Question(
        _("Measures outside the rules"), _("Save"), page_of("manage"), _("Management"), said=_("Saved."), page="casework/limit.html", left=rows,
        lead=_("Above this amount a second worker gives a word. Below it your people decide on their own."),
    )  # fmt: skip
    return ask(request, form, question, actions.set_limit, municipality=ours)

"""The plan, and every part of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.access.agreements import agreements_of
from nabij.access.doors import fitting_seat
from nabij.access.web.pages import page
from nabij.casework import actions, forms, queries
from nabij.casework.actions import READS, WORKS
from nabij.casework.models import NetworkAsk
from nabij.commitments.clock import end_of

from .answers import answer, done, facts, show
from .measures import word_form


@page("casework:plan", allow=READS)
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    actor, case = request.actor, queries.case_of(actor=request.actor, ref=ref)
    shown = queries.plan_page(actor=actor, case=case)
    actor.saw(*(dossier.pk for dossier, _name in shown.residents))
    request.opened = shown.residents[0][0].pk if shown.residents else None
    may_change = fitting_seat(actor, WORKS) is not None
    context = {"plan": shown, "case": case, "may_change": may_change, "today": actor.on, "network_answers": NetworkAsk.Answer.choices}
    return render(request, "casework/plan.html", context)


@page("casework:question")
def question(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = forms.QuestionForm(request.POST or None, initial={"question": case.question}, auto_id=f"id_{ref}_question_%s")
    return answer(request, case, form, actions.set_question, "casework/_question.html", _("The question is written down."), f"question-{case.ref}")


@page("casework:add_goal")
def add_goal(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = forms.AddGoalForm(request.POST or None, auto_id=f"id_{ref}_goal_%s")
    return answer(request, case, form, actions.add_goal, "casework/_goal.html", _("The goal is in the plan."), f"goal-{case.ref}")


@page("casework:end_goal")
def end_goal(request: HttpRequest, ref: str) -> HttpResponse:
    goal = queries.goal_of(actor=request.actor, ref=ref)
    form = forms.EndGoalForm(request.POST or None, auto_id=f"id_{ref}_end_%s")
    return answer(request, goal.case, form, actions.end_goal, "casework/_end_goal.html", _("The result is written down."), goal=goal)


@page("casework:agree")
def agree(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = forms.AgreeForm(request.POST or None, initial={"on": request.actor.on}, auto_id=f"id_{ref}_agree_%s")
    return answer(request, case, form, actions.agree_plan, "casework/_agree.html", _("The agreement is written down."))


@page("casework:ask_network")
def ask_network(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = forms.NetworkForm(request.POST or None, auto_id=f"id_{ref}_network_%s")
    return answer(request, case, form, actions.ask_network, "casework/_network.html", _("Written down."))


@page("casework:add_activity")
def add_activity(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    goals = queries.running_goals(case=case)
    rungs = agreements_of(municipality=case.commitment.municipality).rung_choices
    form = forms.AddActivityForm(request.POST or None, goals=goals, rungs=rungs, auto_id=f"id_{ref}_activity_%s")
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        day = data.pop("due_on")
        data["goal"] = form.goals.get(data.get("goal", ""))
        if form.perform(actions.add_activity, case=case, due_at=end_of(day) if day else None, **data, **facts(request)):
            return done(request, case, _("This is in the plan."), f"activity-{case.ref}")
    return show(request, "casework/_activity.html", case, form, f"activity-{case.ref}")


@page("casework:finish_activity")
def finish_activity(request: HttpRequest, ref: str) -> HttpResponse:
    activity = queries.activity_of(actor=request.actor, ref=ref)
    measure = getattr(activity, "breakthrough", None)
    if measure is not None and measure.waits and request.method == "GET":
        return word_form(request, measure)  # what waits for a word is ended by the word
    form = forms.FinishActivityForm(request.POST or None, auto_id=f"id_{ref}_finish_%s")
    return answer(request, activity.case, form, actions.finish_activity, "casework/_finish_activity.html", _("Finished."), activity=activity)


@page("casework:give_volunteer")
def give_volunteer(request: HttpRequest, ref: str) -> HttpResponse:
    activity = queries.activity_of(actor=request.actor, ref=ref)
    form = forms.VolunteerForm(request.POST or None, people=queries.volunteers(actor=request.actor, case=activity.case), auto_id=f"id_{ref}_give_%s")
    if form.is_bound and form.is_valid():
        day, chosen = form.cleaned_data["due_on"], form.person("volunteer")
        due_at = end_of(day) if day else None
        if form.perform(actions.give_volunteer, activity=activity, volunteer=chosen, due_at=due_at, **facts(request)):
            return done(request, activity.case, _("%(name)s takes this on.") % {"name": chosen.worker.name})
    return show(request, "casework/_volunteer.html", activity.case, form, activity=activity)

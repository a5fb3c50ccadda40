"""The plan, and every part of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.access.doors import fitting_seat
from nabij.access.web.pages import page
from nabij.casework import actions, queries
from nabij.casework.actions import READS, WORKS
from nabij.casework.forms import (
    AddActivityForm,
    AddGoalForm,
    AgreeForm,
    EndGoalForm,
    FinishActivityForm,
    NetworkForm,
    QuestionForm,
    VolunteerForm,
)
from nabij.casework.models import NetworkAsk
from nabij.commitments.clock import end_of

from .answers import done, facts, show


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
    form = QuestionForm(request.POST or None, initial={"question": case.question}, auto_id=f"id_{ref}_question_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.set_question, case=case, **form.cleaned_data, **facts(request)):
        return done(request, case, _("The question is written down."), f"question-{case.ref}")
    return show(request, "casework/_question.html", case, form, f"question-{case.ref}")


@page("casework:add_goal")
def add_goal(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = AddGoalForm(request.POST or None, auto_id=f"id_{ref}_goal_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.add_goal, case=case, **form.cleaned_data, **facts(request)):
        return done(request, case, _("The goal is in the plan."), f"goal-{case.ref}")
    return show(request, "casework/_goal.html", case, form, f"goal-{case.ref}")


@page("casework:end_goal")
def end_goal(request: HttpRequest, ref: str) -> HttpResponse:
    goal = queries.goal_of(actor=request.actor, ref=ref)
    form = EndGoalForm(request.POST or None, auto_id=f"id_{ref}_end_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.end_goal, goal=goal, **form.cleaned_data, **facts(request)):
        return done(request, goal.case, _("The result is written down."))
    return show(request, "casework/_end_goal.html", goal.case, form, goal=goal)


@page("casework:agree")
def agree(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = AgreeForm(request.POST or None, initial={"on": request.actor.on}, auto_id=f"id_{ref}_agree_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.agree_plan, case=case, **form.cleaned_data, **facts(request)):
        return done(request, case, _("The agreement is written down."))
    return show(request, "casework/_agree.html", case, form)


@page("casework:ask_network")
def ask_network(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form = NetworkForm(request.POST or None, auto_id=f"id_{ref}_network_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.ask_network, case=case, **form.cleaned_data, **facts(request)):
        return done(request, case, _("Written down."))
    return show(request, "casework/_network.html", case, form)


@page("casework:add_activity")
def add_activity(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    goals = queries.running_goals(case=case)
    form = AddActivityForm(request.POST or None, goals=goals, auto_id=f"id_{ref}_activity_%s")
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
    form = FinishActivityForm(request.POST or None, auto_id=f"id_{ref}_finish_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.finish_activity, activity=activity, **form.cleaned_data, **facts(request)):
        return done(request, activity.case, _("Finished."))
    return show(request, "casework/_finish_activity.html", activity.case, form, activity=activity)


@page("casework:give_volunteer")
def give_volunteer(request: HttpRequest, ref: str) -> HttpResponse:
    activity = queries.activity_of(actor=request.actor, ref=ref)
    form = VolunteerForm(request.POST or None, people=queries.volunteers(actor=request.actor, case=activity.case), auto_id=f"id_{ref}_give_%s")
    if form.is_bound and form.is_valid():
        day, chosen = form.cleaned_data["due_on"], form.person("volunteer")
        due_at = end_of(day) if day else None
        if form.perform(actions.give_volunteer, activity=activity, volunteer=chosen, due_at=due_at, **facts(request)):
            return done(request, activity.case, _("%(name)s takes this on.") % {"name": chosen.worker.name})
    return show(request, "casework/_volunteer.html", activity.case, form, activity=activity)

"""Close a case, open it again, write down a death."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.casework import actions, queries
from nabij.casework.forms import CloseForm, DeathForm, ReopenForm
from nabij.commitments.clock import end_of, working_days_after
from nabij.core.web.back import back_to
from nabij.drafts.keeping import drop_draft
from nabij.residents.queries import names_of

from .answers import done, facts, show


@page("casework:close_case")
def close_case(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    goals, running = queries.running_goals(case=case), queries.running_activities(case=case)
    form = CloseForm(request.POST or None, goals=goals, running=len(running), auto_id=f"id_{ref}_close_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.close_case, case=case, **form.facts(), **facts(request)):
        messages.success(request, _("The case is closed. Thank you."))
        drop_draft(actor=request.actor, key=f"close-{ref}")
        return back_to(request, "desk:my_day")  # the access that the case gave has ended: the plan may be closed to them now
    return show(request, "casework/_close.html", case, form, f"close-{ref}", running=running)


@page("casework:reopen_case")
def reopen_case(request: HttpRequest, ref: str) -> HttpResponse:
    actor, case = request.actor, queries.case_of(actor=request.actor, ref=ref)
    initial = {"due_on": working_days_after(actor.on, 5)}
    people = queries.coordinators(actor=actor, case=case)
    form = ReopenForm(request.POST or None, people=people, initial=initial, auto_id=f"id_{ref}_reopen_%s")
    if form.is_bound and form.is_valid():
        due_at = end_of(form.cleaned_data["due_on"])
        if form.perform(actions.reopen_case, case=case, owner=form.person("owner"), due_at=due_at, **facts(request)):
            return done(request, case, _("The case is open again."))
    return show(request, "casework/_reopen.html", case, form)


@page("casework:record_death")
def record_death(request: HttpRequest, ref: str) -> HttpResponse:
    actor, dossier = request.actor, queries.dossier_to_open(actor=request.actor, ref=ref)
    actor.saw(dossier.pk)
    form = DeathForm(request.POST or None, auto_id=f"id_{ref}_death_%s")
    if form.is_bound and form.is_valid():
        done_with = form.perform(actions.record_death, actor=actor, at=actor.at, dossier=dossier, on=form.cleaned_data["on"])
        if done_with:
            messages.success(request, _("Written down. One thing remains to be done: aftercare."))
            return back_to(request, "desk:resident", ref)
    name = names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "")
    running = queries.open_cases(actor=actor, dossier_ids=[dossier.pk])
    return show(request, "casework/_death.html", None, form, dossier=dossier, name=name, running=running)

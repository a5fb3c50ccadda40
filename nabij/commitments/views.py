"""One page per verb. Asked for by htmx, a page gives only its form, for a row or a panel."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.core.errors import Refused
from nabij.core.web.back import asked_from, back_to

from . import actions, queries
from .clock import end_of, working_days_after
from .forms import FinishForm, HandOverForm, PauseForm, ResumeForm, SetDateForm, TakeForm, TaskForm
from .models import Commitment

HOME = "desk:my_day"


def _show(request: HttpRequest, fragment: str, commitment: Commitment | None, form: Any, **more: Any) -> HttpResponse:
    if commitment is not None and commitment.dossier_id:
        request.actor.saw(commitment.dossier_id)
    context = {"commitment": commitment, "form": form, "fragment": fragment, "next": asked_from(request), **more}
    status = 422 if form.is_bound and form.errors else 200
    template = fragment if request.htmx and not form.is_bound else "commitments/page.html"
    return render(request, template, context, status=status)


def _day(day: date) -> str:
    return date_format(day, "l j F")


def _facts(request: HttpRequest, commitment: Commitment) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.actor.at, "commitment": commitment, "version": request.POST.get("version") or None}


@page("commitments:take")
def take(request: HttpRequest, ref: str) -> HttpResponse:
    commitment = queries.commitment_of(actor=request.actor, ref=ref)
    if request.method != "POST":
        return _show(request, "commitments/_take.html", commitment, TakeForm())
    try:
        actions.take_commitment(actor=request.actor, at=request.actor.at, commitment=commitment)
    except Refused as refused:  # a colleague was quicker: that is good news, not a mistake
        messages.info(request, refused.message)
    else:
        messages.success(request, _("You took this up. It stands on your list."))
    return back_to(request, HOME)


@page("commitments:hand_over")
def hand_over(request: HttpRequest, ref: str) -> HttpResponse:
    commitment = queries.commitment_of(actor=request.actor, ref=ref)
    form = HandOverForm(request.POST or None, people=queries.successors(actor=request.actor, commitment=commitment), auto_id=f"id_{ref}_over_%s")
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["due_on"]
        if form.perform(actions.hand_over, owner=form.member, due_at=end_of(day) if day else None, **_facts(request, commitment)):
            messages.success(request, _("%(name)s answers for this now.") % {"name": form.member.worker.name})
            return back_to(request, HOME)
    return _show(request, "commitments/_hand_over.html", commitment, form)


@page("commitments:set_date")
def set_date(request: HttpRequest, ref: str) -> HttpResponse:
    commitment = queries.commitment_of(actor=request.actor, ref=ref)
    form = SetDateForm(request.POST or None, on=request.actor.on, auto_id=f"id_{ref}_date_%s")
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["day"]
        if form.perform(actions.set_date, due_at=end_of(day), **_facts(request, commitment)):
            messages.success(request, _("The next date is %(day)s.") % {"day": _day(day)})
            return back_to(request, HOME)
    return _show(request, "commitments/_set_date.html", commitment, form)


@page("commitments:pause")
def pause(request: HttpRequest, ref: str) -> HttpResponse:
    commitment = queries.commitment_of(actor=request.actor, ref=ref)
    form = PauseForm(request.POST or None, auto_id=f"id_{ref}_pause_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.pause_commitment, **form.cleaned_data, **_facts(request, commitment)):
        messages.success(request, _("Nothing for now. On %(day)s this is back on the list.") % {"day": _day(form.cleaned_data["look_again_on"])})
        return back_to(request, HOME)
    return _show(request, "commitments/_pause.html", commitment, form)


@page("commitments:resume")
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    commitment = queries.commitment_of(actor=request.actor, ref=ref)
    initial = {"due_on": working_days_after(request.actor.on, 1)}
    form = ResumeForm(request.POST or None, initial=initial, auto_id=f"id_{ref}_resume_%s")
    if form.is_bound and form.is_valid():
        due_at = end_of(form.cleaned_data["due_on"])
        if form.perform(actions.end_pause, due_at=due_at, **_facts(request, commitment)):
            messages.success(request, _("We start again. The next date is %(day)s.") % {"day": _day(form.cleaned_data["due_on"])})
            return back_to(request, HOME)
    return _show(request, "commitments/_resume.html", commitment, form, pause=queries.pause_of(commitment=commitment))


@page("commitments:finish_task")
def finish_task(request: HttpRequest, ref: str) -> HttpResponse:
    task = queries.task_of(actor=request.actor, ref=ref)
    form = FinishForm(request.POST or None, auto_id=f"id_{ref}_finish_%s")
    facts = {"actor": request.actor, "at": request.actor.at}
    if form.is_bound and form.is_valid() and form.perform(actions.finish_task, task=task, outcome=form.cleaned_data["outcome"], **facts):
        messages.success(request, _("Finished."))
        return back_to(request, HOME)
    return _show(request, "commitments/_finish_task.html", task.commitment, form, task=task)


@page("commitments:add_task")
def add_task(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    wanted = request.POST.get("dossier") or request.GET.get("dossier")
    dossier = queries.dossier_of(actor=actor, ref=wanted) if wanted else None
    people = queries.mates(actor=actor)
    me = next((m.ref for m in people if m.worker_id == actor.worker_id), None)
    form = TaskForm(request.POST or None, people=people, initial={"owner": me, "due_on": working_days_after(actor.on, 1)})
    if form.is_bound and form.is_valid():
        words = {"what": form.cleaned_data["what"], "note": form.cleaned_data["note"], "due_at": end_of(form.cleaned_data["due_on"])}
        if form.perform(actions.add_task, actor=actor, at=actor.at, owner=form.member, dossier=dossier, **words):
            messages.success(request, _("Written down for %(name)s.") % {"name": form.member.worker.name})
            return back_to(request, HOME)
    return _show(request, "commitments/_add_task.html", None, form, dossier=dossier)

"""Open a case; add a resident to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.access.models import Dossier
from nabij.access.web.pages import page
from nabij.casework import actions, queries
from nabij.casework.forms import CoordinatorForm, LinkForm, OpenCaseForm
from nabij.commitments.clock import end_of, working_days_after
from nabij.core.web.back import asked_from
from nabij.core.web.forms import ActionForm
from nabij.drafts.keeping import drop_draft
from nabij.residents.actions import search
from nabij.residents.queries import names_of

from .answers import done, facts, prefill, show

FIRST_TALK_DAYS = 5


@page("casework:open_case")
def open_case(request: HttpRequest) -> HttpResponse:
    actor, asked = request.actor, request.POST or request.GET
    signal = queries.signal_of(actor=actor, ref=asked["signal"]) if asked.get("signal") else None
    own = [signal.commitment.dossier.ref] if signal and signal.commitment.dossier else []
    dossiers = [queries.dossier_to_open(actor=actor, ref=ref) for ref in dict.fromkeys(asked.getlist("dossier") or own)]
    people = queries.coordinators(actor=actor)
    me = next((member.ref for member in people if member.worker_id == actor.worker_id), None)
    initial = {"owner": me, "due_on": working_days_after(actor.on, FIRST_TALK_DAYS)}
    form = OpenCaseForm(request.POST or None, people=people, initial=initial)
    if form.is_bound and form.is_valid():
        words = {"question": form.cleaned_data["question"], "due_at": end_of(form.cleaned_data["due_on"])}
        case = form.perform(
            actions.open_case, actor=actor, at=actor.at, dossiers=dossiers, signal=signal, owner=form.person("owner"), **words
        )
        if case:
            drop_draft(actor=actor, key=_draft_key(dossiers))
            day = date_format(form.cleaned_data["due_on"], "l j F")
            messages.success(request, _("The case is open. First talk at the latest on %(day)s.") % {"day": day})
            return redirect("casework:plan", case.ref)
    return _open_page(request, form, dossiers, signal)


def _draft_key(dossiers: list[Dossier]) -> str:
    return f"open-case-{dossiers[0].ref}" if dossiers else ""


def _open_page(request: HttpRequest, form: OpenCaseForm, dossiers: list[Dossier], signal: Any) -> HttpResponse:
    ids = [dossier.pk for dossier in dossiers]
    request.actor.saw(*ids)
    prefill(request, form, _draft_key(dossiers))
    names = names_of(dossier_ids=ids)
    context = {
        "form": form, "people": [(dossier, names.get(dossier.pk, "")) for dossier in dossiers], "signal": signal,
        "running": queries.open_cases(actor=request.actor, dossier_ids=ids), "next": asked_from(request), "draft": _draft_key(dossiers),
    }  # fmt: skip
    return render(request, "casework/open_case.html", context, status=422 if form.is_bound and form.errors else 200)


@page("casework:change_coordinator")
def change_coordinator(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    people = [member for member in queries.coordinators(actor=request.actor, case=case) if member.pk != case.commitment.owner_id]
    form = CoordinatorForm(request.POST or None, people=people, auto_id=f"id_{ref}_coordinator_%s")
    if form.is_bound and form.is_valid():
        day, owner = form.cleaned_data["due_on"], form.person("owner")
        if form.perform(actions.change_coordinator, case=case, owner=owner, due_at=end_of(day) if day else None, **facts(request)):
            messages.success(request, _("%(name)s coordinates this case now.") % {"name": owner.worker.name})
            return redirect("desk:my_day")  # their own access may go with it
    return show(request, "casework/_coordinator.html", case, form)


@page("casework:link_resident")
def link_resident(request: HttpRequest, ref: str) -> HttpResponse:
    actor, case = request.actor, queries.case_of(actor=request.actor, ref=ref)
    if request.POST.get("dossier"):
        form: ActionForm = ActionForm(request.POST)
        dossier = queries.dossier_to_open(actor=actor, ref=request.POST["dossier"])
        if form.perform(actions.link_resident, case=case, dossier=dossier, **facts(request)):
            return done(request, case, _("Added to the case."))
        return show(request, "casework/_link.html", case, form, answer=None)
    form = LinkForm(request.POST or None, auto_id=f"id_{ref}_link_%s")
    answer = None
    if form.is_bound and form.is_valid():
        answer = search(actor=actor, at=actor.at, words=form.cleaned_data["words"])
        actor.saw(*(candidate.resident.pk for candidate in answer.candidates))
    return show(request, "casework/_link.html", case, form, answer=answer)

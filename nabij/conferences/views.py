"""Pages of conferences. Asked for by htmx, a page gives only its form, for the panel that asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.casework.actions import WORKS
from nabij.commitments.clock import end_of
from nabij.core.web.forms import ActionForm
from nabij.drafts.keeping import drop_draft, initial_of

from . import actions, queries
from .forms import AgreementForm, CancelForm, HoldForm, ParticipantForm, PlanForm
from .models import Conference


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.actor.at, "version": request.POST.get("version") or None}


def _show(request: HttpRequest, fragment: str, form: Any, case: Any, conference: Conference | None = None, draft: str = "", **more: Any) -> HttpResponse:
    if case.commitment.dossier_id:
        request.actor.saw(case.commitment.dossier_id)
    if draft and not form.is_bound:
        form.initial |= initial_of(actor=request.actor, key=draft, fields=form.fields)
    template = fragment if request.htmx and not form.is_bound else "conferences/part.html"
    context = {"form": form, "case": case, "conference": conference, "fragment": fragment, "draft": draft, **more}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def _done(request: HttpRequest, conference: Conference, said: str, draft: str = "") -> HttpResponse:
    if draft:
        drop_draft(actor=request.actor, key=draft)
    messages.success(request, said)
    return redirect("conferences:conference", conference.ref)


@page("conferences:of_case", allow=WORKS)
def of_case(request: HttpRequest, ref: str) -> HttpResponse:
    actor, case = request.actor, queries.case_of(actor=request.actor, ref=ref)
    residents = queries.letter_people(actor=actor, case=case)
    actor.saw(*(dossier.pk for dossier, _name in residents))
    context = {"case": case, "residents": residents, "conferences": queries.conferences_of(actor=actor, case=case), "today": actor.on}
    return render(request, "conferences/of_case.html", context)


@page("conferences:plan_conference")
def plan_conference(request: HttpRequest, ref: str) -> HttpResponse:
    case = queries.case_of(actor=request.actor, ref=ref)
    form, draft = PlanForm(request.POST or None, auto_id=f"id_{ref}_%s"), f"conference-{ref}"
    if form.is_bound and form.is_valid():
        made = form.perform(actions.plan_conference, case=case, **form.cleaned_data, **_facts(request))
        if made:
            return _done(request, made, _("The conference is planned. Who is needed there?"), draft)
    return _show(request, "conferences/_plan.html", form, case, draft=draft)


@page("conferences:conference", allow=WORKS)
def conference(request: HttpRequest, ref: str) -> HttpResponse:
    actor, found = request.actor, queries.conference_of(actor=request.actor, ref=ref)
    table = queries.table_of(actor=actor, conference=found)
    actor.saw(*(dossier.pk for dossier, _name in table.residents))
    request.opened = table.residents[0][0].pk if table.residents else None
    names = {dossier.pk: name for dossier, name in table.residents}
    context = {"table": table, "conference": found, "case": found.case, "names": names, "today": actor.on, "is_open": found.commitment.is_open}
    return render(request, "conferences/conference.html", context)


@page("conferences:change_conference")
def change_conference(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.conference_of(actor=request.actor, ref=ref)
    initial = {name: getattr(found, name) for name in ("starts_at", "place", "question", "resident_part", "resident_why")}
    form = PlanForm(request.POST or None, initial=initial, auto_id=f"id_{ref}_change_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.change_conference, conference=found, **form.cleaned_data, **_facts(request)):
        return _done(request, found, _("Changed. Tell who comes."))
    return _show(request, "conferences/_plan.html", form, found.case, found)


@page("conferences:add_participant")
def add_participant(request: HttpRequest, ref: str) -> HttpResponse:
    actor, found = request.actor, queries.conference_of(actor=request.actor, ref=ref)
    people, residents = queries.can_be_asked(actor=actor, conference=found), queries.letter_people(actor=actor, case=found.case)
    form = ParticipantForm(request.POST or None, people=people, residents=residents, auto_id=f"id_{ref}_people_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.add_participant, conference=found, **form.facts(), **_facts(request)):
        return _done(request, found, _("This person is on the list."))
    return _show(request, "conferences/_participant.html", form, found.case, found)


@page("conferences:remove_participant")
def remove_participant(request: HttpRequest, ref: str) -> HttpResponse:
    row = queries.participant_of(actor=request.actor, ref=ref)
    form = ActionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(actions.remove_participant, participant=row, **_facts(request)):
        return _done(request, row.conference, _("%(name)s does not come.") % {"name": row.who})
    return _show(request, "conferences/_remove.html", form, row.conference.case, row.conference, participant=row)


@page("conferences:add_agreement")
def add_agreement(request: HttpRequest, ref: str) -> HttpResponse:
    actor, found = request.actor, queries.conference_of(actor=request.actor, ref=ref)
    people, residents = queries.can_carry(actor=actor, conference=found), queries.letter_people(actor=actor, case=found.case)
    form = AgreementForm(request.POST or None, people=people, residents=residents, auto_id=f"id_{ref}_agreement_%s")
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        told = {"text": data["text"], "outsider": data["outsider"], "owner": form.person("owner"), "dossier": form.residents[data["dossier"]]}
        if form.perform(actions.add_agreement, conference=found, due_at=end_of(data["due_on"]), **told, **_facts(request)):
            return _done(request, found, _("Agreed, with a name and a date."), f"agreement-{ref}")
    return _show(request, "conferences/_agreement.html", form, found.case, found, f"agreement-{ref}")


@page("conferences:hold")
def hold(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.conference_of(actor=request.actor, ref=ref)
    agreed = len(queries.table_of(actor=request.actor, conference=found).agreements)
    initial = {"resident_part": found.resident_part, "resident_why": found.resident_why}
    form, draft = HoldForm(request.POST or None, agreed=agreed, initial=initial, auto_id=f"id_{ref}_hold_%s"), f"hold-{ref}"
    if form.is_bound and form.is_valid() and form.perform(actions.hold_conference, conference=found, **form.cleaned_data, **_facts(request)):
        return _done(request, found, _("The conference was held. What was agreed stands on everybody's list."), draft)
    return _show(request, "conferences/_hold.html", form, found.case, found, draft, agreed=agreed)


@page("conferences:cancel")
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.conference_of(actor=request.actor, ref=ref)
    form = CancelForm(request.POST or None, auto_id=f"id_{ref}_cancel_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.cancel_conference, conference=found, **form.cleaned_data, **_facts(request)):
        return _done(request, found, _("The conference is called off. Tell who would come."))
    return _show(request, "conferences/_cancel.html", form, found.case, found)

"""Who leaves: the list, the beginning, the worklist, the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access.models import Membership, Role
from nabij.access.web.pages import page
from nabij.commitments.clock import working_days_after
from nabij.core.errors import Absent
from nabij.handover import actions, queries
from nabij.handover.actions.offering import OFFERS
from nabij.handover.actions.starting import STARTS
from nabij.handover.forms import MoveForm, SeveralForm, StartForm, SureForm

from .asking import facts, show

EVERYBODY = {**OFFERS, **STARTS}


@page("handover:list", allow=EVERYBODY)
def list_all(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    context = {"overview": queries.overview(actor=actor), "places": queries.own_places(actor=actor), "is_lead": bool(actor.led_team_ids)}
    coming = queries.received(actor=actor)
    actor.saw(*[row.item.dossier_id for row in coming if row.may_open])
    return render(request, "handover/list.html", context | {"coming": coming, "today": actor.on})


def _arranges(request: HttpRequest, membership: Membership) -> bool:
    actor = request.actor
    return membership.team_id in actor.led_team_ids or membership.team.municipality_id in actor.managed_ids


@page("handover:leave", allow=STARTS)
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    membership = queries.membership_at(actor=request.actor, ref=ref)
    if queries.running_of(membership=membership):
        return redirect("handover:worklist", ref)
    places, own = queries.other_places(membership=membership), not _arranges(request, membership)
    day = membership.until_on or working_days_after(request.actor.on, 20)
    initial = {"planned_on": max(day, request.actor.on), "reason": "swap" if own else "leave"}
    form = StartForm(request.POST or None, places=places, only_swap=own, initial=initial)
    if form.is_bound and form.is_valid() and form.perform(actions.start_handover, membership=membership, **form.facts(), **facts(request)):
        messages.success(request, _("The handover has begun. This is the worklist."))
        return redirect("handover:worklist", ref)
    lead = _("%(name)s, %(role)s in %(team)s") % {"name": membership.worker.name, "role": membership.get_role_display(), "team": membership.team.name}
    return show(request, "handover/_start.html", form, title=_("Begin a handover"), lead=lead, back=reverse("handover:list"), membership=membership)


@page("handover:worklist", allow=EVERYBODY)
def worklist(request: HttpRequest, ref: str) -> HttpResponse:
    membership = queries.membership_at(actor=request.actor, ref=ref)
    return render(request, "handover/worklist.html", worklist_context(request, membership))


def worklist_context(request: HttpRequest, membership: Membership) -> dict[str, Any]:
    """Return what the worklist shows; to an administrator the numbers only."""
    actor, may_give = request.actor, queries.may_give(actor=request.actor, membership=membership)
    found = queries.worklist(actor=actor, membership=membership, after=request.GET.get("after", ""))
    people = queries.candidates(membership=membership, on=actor.on, team_ids=actor.led_team_ids)
    if may_give:
        actor.saw(*found.dossier_ids)
    several = SeveralForm(people=people, refs=[group.ref for group in found.groups], auto_id="several_%s")
    return {
        "membership": membership, "handover": queries.running_of(membership=membership), "list": found, "may_give": may_give, "several": several,
        "may_arrange": _arranges(request, membership), "is_me": membership.pk in actor.membership_ids, "today": actor.on,
    }  # fmt: skip


def _running(request: HttpRequest, ref: str) -> Any:
    found = queries.running_of(membership=queries.membership_at(actor=request.actor, ref=ref))
    if found is None:
        raise Absent
    return found


@page("handover:move")
def move(request: HttpRequest, ref: str) -> HttpResponse:
    handover = _running(request, ref)
    form = MoveForm(request.POST or None, initial={"planned_on": handover.planned_on})
    if form.is_bound and form.is_valid() and form.perform(actions.move_planned_date, handover=handover, **form.cleaned_data, **facts(request)):
        messages.success(request, _("The date has changed."))
        return redirect("handover:worklist", ref)
    return show(request, "handover/_sure.html", form, title=_("Another date"), lead=handover.membership.worker.name, back=reverse("handover:worklist", args=[ref]), record=handover, button=_("Save"))


@page("handover:cancel")
def cancel(request: HttpRequest, ref: str) -> HttpResponse:
    handover = _running(request, ref)
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(actions.cancel_handover, handover=handover, **facts(request)):
        messages.success(request, _("The handover has stopped. What was accepted stays with the colleagues."))
        return redirect("handover:list")
    lead = _("%(name)s stays. What colleagues took over stays with them.") % {"name": handover.membership.worker.name}
    return show(request, "handover/_sure.html", form, title=_("Stop the handover"), lead=lead, back=reverse("handover:worklist", args=[ref]), record=handover, button=_("Stop the handover"))


@page("handover:finish")
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    handover = _running(request, ref)
    form = SureForm(request.POST if request.method == "POST" else None)
    now = request.POST.get("now") == "yes"
    if form.is_bound and form.perform(actions.finish_handover, handover=handover, now=now, **facts(request)):
        messages.success(request, _("The handover of %(name)s is finished. Nothing was left behind.") % {"name": handover.membership.worker.name})
        return redirect("handover:list")
    back, role = reverse("handover:worklist", args=[ref]), Role(handover.membership.role).label
    return show(request, "handover/_finish.html", form, title=_("Finish the handover"), lead=f"{handover.membership.worker.name} · {role}", back=back, record=handover, today=request.actor.on)

"""Who is away, and who stands in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.commitments.actions import ARRANGES, change_substitute, end_stand_in, stand_in
from nabij.core.errors import Absent
from nabij.handover import queries
from nabij.handover.forms import AbsenceForm, SubstituteForm, SureForm

from .asking import facts, show


@page("handover:absence", allow=ARRANGES)
def absence(request: HttpRequest, ref: str) -> HttpResponse:
    actor, membership = request.actor, queries.membership_at(actor=request.actor, ref=ref)
    if not queries.may_give(actor=actor, membership=membership):
        raise Absent
    people = queries.substitutes(membership=membership, on=actor.on)
    leads, team = membership.team_id in actor.led_team_ids, membership.team
    first = team.lead_substitute.ref if team.lead_substitute and membership.pk == team.lead_id else ""
    form = AbsenceForm(request.POST or None, people=people, may_open_restricted=leads, initial={"from_on": actor.on, "owner": first})
    if form.is_bound and form.is_valid() and form.perform(stand_in, membership=membership, **form.facts(), **facts(request)):
        messages.success(request, _("Arranged. It returns by itself after the last day."))
        return redirect("handover:list")
    known = queries.absences_of(membership=membership, on=actor.on)
    context = {"form": form, "membership": membership, "known": known, "is_lead": membership.pk == team.lead_id, "is_me": membership.pk in actor.membership_ids}
    return render(request, "handover/absence.html", context, status=422 if form.is_bound and form.errors else 200)


@page("handover:end_absence", allow=ARRANGES)
def end_absence(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.stand_in_at(actor=request.actor, ref=ref)
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(end_stand_in, stand_in=found, **facts(request)):
        messages.success(request, _("%(name)s is back. Everything has returned.") % {"name": found.membership.worker.name})
        return redirect("handover:list")
    return show(request, "handover/_sure.html", form, title=_("Back again"), lead=found.membership.worker.name, back=reverse("handover:list"), record=found, button=_("Back again"))


@page("handover:substitute", allow=ARRANGES)
def substitute(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.stand_in_at(actor=request.actor, ref=ref)
    people = queries.substitutes(membership=found.membership, on=request.actor.on)
    form = SubstituteForm(request.POST if request.method == "POST" else None, people=[m for m in people if m.pk != found.substitute_id])
    if form.is_bound and form.is_valid() and form.perform(change_substitute, stand_in=found, substitute=form.member, **facts(request)):
        messages.success(request, _("Another substitute is named."))
        return redirect("handover:list")
    return show(request, "handover/_sure.html", form, title=_("Another substitute"), lead=found.membership.worker.name, back=reverse("handover:list"), record=found, button=_("Save"))

"""Decide on one row of the worklist, or on several."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.access.models import Membership
from nabij.access.web.pages import page
from nabij.core.errors import Absent
from nabij.core.web.back import back_to
from nabij.handover import actions, queries
from nabij.handover.actions.leaving import ARRANGES
from nabij.handover.actions.offering import OFFERS
from nabij.handover.forms import DutyForm, OfferForm, PeopleForm, SeveralForm, SureForm

from .asking import facts, show
from .leaving import worklist_context


def _given(request: HttpRequest, ref: str) -> Membership:
    membership = queries.membership_at(actor=request.actor, ref=ref)
    if not queries.may_give(actor=request.actor, membership=membership):
        raise Absent
    return membership


@page("handover:item", allow=OFFERS)
def item(request: HttpRequest, ref: str, about: str) -> HttpResponse:
    actor, membership = request.actor, _given(request, ref)
    group = queries.group_of(actor=actor, membership=membership, ref=about)
    handover, dossier = queries.running_of(membership=membership), queries.dossier_at(ref=about) if group.root_id else None
    people = queries.candidates(membership=membership, on=actor.on, team_ids=actor.led_team_ids)
    to_team = handover.to_membership.team.name if handover and handover.to_membership else ""
    form = OfferForm(request.POST or None, people=people, suggestion=group.suggestion, has_resident=bool(dossier), to_team=to_team, on=actor.on, auto_id=f"id_{about}_%s")
    if group.dossier_id and group.may_open:
        actor.saw(group.dossier_id)
    if form.is_bound and form.is_valid():
        what = {"dossier": dossier} if dossier else {"commitment": group.work[0]}
        if done := form.perform(actions.offer_item, membership=membership, **what, **form.facts(), **facts(request)):
            messages.success(request, _("%(name)s is asked. Until the answer nothing changes.") % {"name": done.commitment.owner.worker.name})
            return back_to(request, reverse("handover:worklist", args=[ref]))
    return show(request, "handover/_offer.html", form, title=_("Who takes this over?"), lead=group.name, back=reverse("handover:worklist", args=[ref]), membership=membership, group=group)


@page("handover:several", allow=OFFERS)
def several(request: HttpRequest, ref: str) -> HttpResponse:
    membership = _given(request, ref)
    if request.method != "POST":
        return redirect("handover:worklist", ref)
    people = queries.candidates(membership=membership, on=request.actor.on, team_ids=request.actor.led_team_ids)
    refs = request.POST.getlist("rows")
    form = SeveralForm(request.POST, people=people, refs=refs, auto_id="several_%s")
    if form.is_valid():
        wanted = queries.rows_at(membership=membership, refs=refs)
        told = {"told": form.cleaned_data["told"], "told_because": form.cleaned_data["told_because"]}
        if form.perform(actions.offer_several, membership=membership, to=form.member, wanted=wanted, **told, **facts(request)):
            messages.success(request, _("%(name)s is asked. Until the answer nothing changes.") % {"name": form.member.worker.name})
            return redirect("handover:worklist", ref)
    context = worklist_context(request, membership)
    return render(request, "handover/worklist.html", context | {"several": form, "ticked": refs}, status=422)


@page("handover:withdraw", allow=OFFERS)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.item_at(actor=request.actor, ref=ref)
    back = reverse("handover:worklist", args=[found.handover.membership.ref])
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(actions.withdraw_item, item=found, **facts(request)):
        messages.success(request, _("The question was taken back. It stands on the worklist again."))
        return redirect(back)
    lead = _("%(name)s does not have to answer any more.") % {"name": found.commitment.owner.worker.name}
    return show(request, "handover/_sure.html", form, title=_("Take the question back"), lead=lead, back=back, record=found, button=_("Take the question back"))


@page("handover:give_duty", allow=ARRANGES)
def give_duty(request: HttpRequest, ref: str) -> HttpResponse:
    membership = _given(request, ref)
    people = [m for m in queries.substitutes(membership=membership, on=request.actor.on) if m.paid]
    form = DutyForm(request.POST if request.method == "POST" else None, people=people)
    back = reverse("handover:worklist", args=[ref])
    if form.is_bound and form.is_valid() and form.perform(actions.give_duty, membership=membership, to=form.member, **facts(request)):
        messages.success(request, _("The turns of duty have moved."))
        return redirect(back)
    return show(request, "handover/_sure.html", form, title=_("Turns of duty"), lead=membership.worker.name, back=back, button=_("Save"))


@page("handover:name_in", allow=ARRANGES)
def name_in(request: HttpRequest, ref: str, about: str) -> HttpResponse:
    membership, dossier = _given(request, ref), queries.dossier_at(ref=about)
    people = queries.candidates(membership=membership, on=request.actor.on, team_ids=request.actor.led_team_ids)
    form = PeopleForm(request.POST if request.method == "POST" else None, people=people, auto_id=f"id_{about}_%s")
    back = reverse("handover:worklist", args=[ref])
    if form.is_bound and form.is_valid():
        if form.member is None:
            form.add_error("owner", _("Choose a colleague"))
        elif form.perform(actions.name_in_restricted, membership=membership, dossier=dossier, to=form.member, **facts(request)):
            messages.success(request, _("%(name)s is named in this dossier now.") % {"name": form.member.worker.name})
            return redirect(back)
    return show(request, "handover/_sure.html", form, title=_("Name somebody in a restricted dossier"), lead=_("Otherwise nobody can open it any more."), back=back, button=_("Save"))

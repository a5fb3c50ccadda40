"""What comes to me: the receipt."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.core.web.back import back_to
from nabij.handover import actions, queries
from nabij.handover.actions.answering import ANSWERS
from nabij.handover.forms import ReasonForm, SureForm

from .asking import facts, show

HOME = "handover:received"


@page("handover:received", allow=ANSWERS)
def received(request: HttpRequest) -> HttpResponse:
    rows = queries.received(actor=request.actor)
    request.actor.saw(*[row.item.dossier_id for row in rows if row.may_open])
    asked, accepted = [r for r in rows if not r.item.accepted_at], [r for r in rows if r.item.accepted_at]
    return render(request, "handover/received.html", {"asked": asked, "accepted": accepted})


def _incoming(request: HttpRequest, ref: str) -> Any:
    found = queries.incoming(actor=request.actor, items=[queries.item_at(actor=request.actor, ref=ref)])[0]
    if found.may_open:
        request.actor.saw(found.item.dossier_id)
    return found


def _show(request: HttpRequest, found: Any, form: Any, fragment: str, title: str) -> HttpResponse:
    mine = found.item.commitment.owner.worker_id == request.actor.worker_id
    lead = found.name or (found.item.about.what if found.item.about else _("The dossier opens for you with your yes."))
    return show(request, fragment, form, title=title, lead=lead, back=reverse(HOME), row=found, item=found.item, mine=mine)


@page("handover:answer", allow=ANSWERS)
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    found = _incoming(request, ref)
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and (done := form.perform(actions.accept_item, item=found.item, **facts(request))):
        day = date_format(done.commitment.due_at, "l j F")
        waits = done.commitment.is_open
        messages.success(request, _("You answer for this now. Speak with the resident before %(day)s: that closes the handover.") % {"day": day} if waits else _("You answer for this now."))
        return back_to(request, HOME)
    return _show(request, found, form, "handover/_answer.html", _("Handover from %(name)s") % {"name": found.item.handover.membership.worker.name})


@page("handover:refuse", allow=ANSWERS)
def refuse(request: HttpRequest, ref: str) -> HttpResponse:
    found = _incoming(request, ref)
    form = ReasonForm(request.POST if request.method == "POST" else None, auto_id=f"id_{ref}_no_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.refuse_item, item=found.item, because=form.cleaned_data["because"], **facts(request)):
        messages.success(request, _("Your no and its reason stand on the worklist of who asked."))
        return back_to(request, HOME)
    return _show(request, found, form, "handover/_refuse.html", _("No, because …"))


@page("handover:close", allow=ANSWERS)
def close(request: HttpRequest, ref: str) -> HttpResponse:
    found = _incoming(request, ref)
    form = ReasonForm(request.POST if request.method == "POST" else None, auto_id=f"id_{ref}_close_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.close_item, item=found.item, because=form.cleaned_data["because"], **facts(request)):
        messages.success(request, _("The handover is closed. You still answer for what is open."))
        return back_to(request, HOME)
    return _show(request, found, form, "handover/_refuse.html", _("Close without a first talk"))

"""Partners and their keys, for the functional administrator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page

from . import actions, queries
from .actions import MANAGES, NewToken
from .forms import PartnerForm, SureForm
from .models import Partner


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.actor.at}


@page("partners:partners", allow=MANAGES)
def partners(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/partners.html", {"partners": queries.partners_of(actor=request.actor), "today": request.actor.on})


@page("partners:add", allow=MANAGES)
def add(request: HttpRequest) -> HttpResponse:
    ours = queries.municipality_of(actor=request.actor)
    form = PartnerForm(request.POST or None, teams=queries.teams_in(municipality=ours))
    if form.is_bound and form.is_valid() and form.perform(actions.add_partner, municipality=ours, **_facts(request), **form.facts()):
        messages.success(request, _("Added. Make a key when it uses the API."))
        return redirect("partners:partners")
    return render(request, "partners/edit.html", {"form": form, "partner": None}, status=422 if form.errors else 200)


def _as_typed(partner: Partner) -> dict[str, Any]:
    kept = {name: getattr(partner, name) for name in ("name", "kind", "purpose", "basis", "may_signals", "may_debts")}
    return kept | {"team": partner.team.ref if partner.team else ""}


@page("partners:change", allow=MANAGES)
def change(request: HttpRequest, ref: str) -> HttpResponse:
    partner = queries.partner_at(actor=request.actor, ref=ref)
    teams = queries.teams_in(municipality=partner.municipality)
    form = PartnerForm(request.POST or None, teams=teams, initial=_as_typed(partner))
    version = request.POST.get("version") or None
    if form.is_bound and form.is_valid() and form.perform(actions.change_partner, partner=partner, version=version, **_facts(request), **form.facts()):
        messages.success(request, _("Saved."))
        return redirect("partners:partners")
    return render(request, "partners/edit.html", {"form": form, "partner": partner}, status=422 if form.errors else 200)


@page("partners:end", allow=MANAGES)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    partner = queries.partner_at(actor=request.actor, ref=ref)
    if request.method == "POST":
        actions.end_partner(partner=partner, **_facts(request))
        messages.success(request, _("Ended. None of its keys works any more."))
        return redirect("partners:partners")
    return render(request, "partners/end.html", {"form": SureForm(), "partner": partner, "token": None})


@page("partners:make_token", allow=MANAGES)
def make_token(request: HttpRequest, ref: str) -> HttpResponse:
    partner, made = queries.partner_at(actor=request.actor, ref=ref), None
    form = SureForm(request.POST or None)
    if form.is_bound:
        done = form.perform(actions.make_token, partner=partner, **_facts(request))
        made = done if isinstance(done, NewToken) else None
        if done and made is None:  # the same form sent twice: the key was shown the first time
            return redirect("partners:partners")
    return render(request, "partners/make_token.html", {"form": form, "partner": partner, "made": made}, status=422 if form.errors else 200)


@page("partners:end_token", allow=MANAGES)
def end_token(request: HttpRequest, ref: str) -> HttpResponse:
    token = queries.token_at(actor=request.actor, ref=ref)
    if request.method == "POST":
        actions.end_token(token=token, **_facts(request))
        messages.success(request, _("This key works no more."))
        return redirect("partners:partners")
    return render(request, "partners/end.html", {"form": SureForm(), "partner": token.partner, "token": token})

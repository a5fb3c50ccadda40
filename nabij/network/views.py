"""The network of a resident: map and list, and a page for each thing to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.access.models import Dossier
from nabij.access.web.pages import page
from nabij.core.web.back import back_to
from nabij.drafts.keeping import drop_draft, initial_of
from nabij.residents.actions import PAID, search

from . import actions, queries
from .forms import OUTSIDE, RINGS, AskForm, EndForm, HouseholdForm, KnownForm, LeaveForm, TieForm, tie_initial, today
from .models import Tie

CANDIDATES = 8


@dataclass(frozen=True)
class Job:
    """The words around one form. `back`: the page it belongs to; `key`: under which its draft is kept."""

    title: str
    said: str
    key: str
    back: str = "ties"
    lead: str = ""
    about: Any = None


def _open(request: HttpRequest, dossier: Dossier) -> queries.NetworkOf:
    request.actor.saw(dossier.pk)
    return queries.network_of(actor=request.actor, dossier=dossier)


def _context(dossier: Dossier, network: queries.NetworkOf) -> dict[str, Any]:
    return {"dossier": dossier, "network": network, "ring_words": RINGS, "outside_word": OUTSIDE}


@page("network:ties", allow=PAID)
def ties(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    network = _open(request, dossier)
    request.opened = dossier.pk
    return render(request, "network/ties.html", _context(dossier, network))


@page("network:map", allow=PAID)
def network_map(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    context = _context(dossier, _open(request, dossier))
    if request.htmx:  # a part of a page that was written down as opened already
        return render(request, "network/_network.html", context)
    request.opened = dossier.pk
    return render(request, "network/map.html", context)


@page("network:add_tie")
def add_tie(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    ring = request.GET.get("ring", "")
    initial = {"ring": ring if ring in {"1", "2", "3"} else None, "kind": Tie.Kind.PROFESSIONAL if ring == "outside" else None}
    job = Job(_("Somebody around the resident"), _("Written down."), f"tie-{ref}")
    return _work(request, dossier, TieForm, job, actions.add_tie, initial, dossier=dossier)


@page("network:change_tie")
def change_tie(request: HttpRequest, ref: str) -> HttpResponse:
    tie = queries.tie_at(actor=request.actor, ref=ref)
    job = Job(_("Change"), _("Changed."), f"tie-{ref}", lead=tie.name, about=tie)
    return _work(request, tie.dossier, TieForm, job, actions.change_tie, tie_initial(tie), tie=tie)


@page("network:end_tie")
def end_tie(request: HttpRequest, ref: str) -> HttpResponse:
    tie = queries.tie_at(actor=request.actor, ref=ref)
    job = Job(_("No longer part of it"), _("This stands under “before” now."), "", lead=tie.name, about=tie)
    return _work(request, tie.dossier, EndForm, job, actions.end_tie, today(request.actor.on), tie=tie)


@page("network:ask_carer")
def ask_carer(request: HttpRequest, ref: str) -> HttpResponse:
    tie = queries.tie_at(actor=request.actor, ref=ref)
    job = Job(_("How is the carer doing?"), _("Written down. Ask again in a while."), f"carer-{ref}", lead=tie.name, about=tie)
    return _work(request, tie.dossier, AskForm, job, actions.ask_carer, today(request.actor.on), tie=tie)


@page("network:household")
def household(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    job = Job(_("Who lives together"), _("Written down."), f"home-{ref}", back="household")
    return _work(request, dossier, HouseholdForm, job, actions.set_household, today(request.actor.on), dossier=dossier)


@page("network:leave_household")
def leave_household(request: HttpRequest, ref: str) -> HttpResponse:
    member = queries.member_at(actor=request.actor, ref=ref)
    job = Job(_("Does not live here any more"), _("This stands under “before” now."), "", back="household", lead=member.name, about=member)
    return _work(request, member.dossier, LeaveForm, job, actions.leave_household, today(request.actor.on), member=member)


def _work(request: HttpRequest, whose: Dossier, form_class: Any, job: Job, action: Callable[..., Any], initial: Any, **record: Any) -> HttpResponse:
    """Show the form of one job, or do it and go back to the page it belongs to."""
    actor = request.actor
    actor.saw(whose.pk)
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    people = _look_up(request, whose, form)
    if form.is_bound and form.is_valid() and not (people and form.is_looking):
        facts = form.facts() | _other(request, whose, form)
        if form.perform(action, actor=actor, at=actor.at, version=request.POST.get("version"), **record, **facts):
            drop_draft(actor=actor, key=job.key)
            messages.success(request, job.said)
            if people == []:
                messages.info(request, _("Nobody whom you may open fits the words you typed, so no other dossier was linked."))
            return back_to(request, f"network:{job.back}", whose.ref)
    return _show(request, whose, form, job, people)


def _show(request: HttpRequest, dossier: Dossier, form: Any, job: Job, people: Any) -> HttpResponse:
    if not form.is_bound and job.key:
        form.initial |= initial_of(actor=request.actor, key=job.key, fields=form.fields)
    network = queries.network_of(actor=request.actor, dossier=dossier)
    page_name = "network/household.html" if form.__class__ is HouseholdForm else "network/job.html"
    context = _context(dossier, network) | {"form": form, "job": job, "looked": form.is_bound and isinstance(form, KnownForm) and people is not None}
    return render(request, page_name, context, status=422 if form.is_bound and form.errors else 200)


def _look_up(request: HttpRequest, dossier: Dossier, form: Any) -> list[tuple[str, str]] | None:
    """Let the form offer who fits the words typed: only residents whom this worker may open, of this organisation. None: nothing was asked."""
    if not isinstance(form, KnownForm):
        return None
    words = (form.data.get("known_as") or "").strip() if form.is_bound else ""
    found = search(actor=request.actor, at=request.actor.at, words=words, limit=CANDIDATES).candidates if words else []
    residents = [c.resident for c in found if c.mine and c.resident.dossier.controller_id == dossier.controller_id and c.resident.pk != dossier.pk]
    people = [(resident.dossier.ref, " · ".join(filter(None, [resident.display_name, resident.birth_text]))) for resident in residents]
    form.offer(people)
    return people if words else None


def _other(request: HttpRequest, dossier: Dossier, form: Any) -> dict[str, Any]:
    chosen = form.cleaned_data.get("other")
    return {"other": queries.known_dossier(actor=request.actor, dossier=dossier, ref=chosen)} if chosen else {}

"""Life domains of a resident: the form of one moment, the pictures, every moment in words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.core.web.back import back_to
from nabij.drafts.keeping import drop_draft, initial_of
from nabij.residents.actions import PAID

from . import actions, queries
from .forms import ScoreForm, WithdrawForm
from .pictures import path_of


def _context(found: queries.DomainsOf, dossier: Any) -> dict[str, Any]:
    return {"dossier": dossier, "found": found, "path_of": path_of}


@page("life_domains:scores", allow=PAID)
def scores(request: HttpRequest, ref: str) -> HttpResponse:
    actor, dossier = request.actor, queries.dossier_at(actor=request.actor, ref=ref)
    actor.saw(dossier.pk)
    request.opened = dossier.pk
    found, key = queries.domains_of(actor=actor, dossier=dossier), f"domains-{ref}"
    form = ScoreForm(request.POST or None, agreements=found.agreements, initial={"happened_on": actor.on})
    if form.is_bound and form.is_valid():
        if form.perform(actions.score_domains, actor=actor, at=actor.at, dossier=dossier, **form.facts()):
            drop_draft(actor=actor, key=key)
            messages.success(request, _("This moment is written down."))
            return back_to(request, "life_domains:scores", ref)
    elif not form.is_bound:
        form.initial |= initial_of(actor=actor, key=key, fields=form.fields)
    context = _context(found, dossier) | {"form": form, "draft": key, "worker_id": actor.worker_id}
    return render(request, "life_domains/scores.html", context, status=422 if form.is_bound else 200)


@page("life_domains:picture", allow=PAID)
def picture(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    request.actor.saw(dossier.pk)
    context = _context(queries.domains_of(actor=request.actor, dossier=dossier), dossier)
    if request.htmx:  # a part of a page that was written down as opened already
        return render(request, "life_domains/_domains.html", context)
    request.opened = dossier.pk
    return render(request, "life_domains/picture.html", context)


@page("life_domains:withdraw")
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    actor, moment = request.actor, queries.moment_at(actor=request.actor, ref=ref)
    actor.saw(moment.dossier_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(actions.withdraw_moment, actor=actor, at=actor.at, moment=moment):
        messages.success(request, _("Withdrawn. It stays in the record and counts for nothing."))
        return back_to(request, "life_domains:scores", moment.dossier.ref)
    return render(request, "life_domains/withdraw.html", {"form": form, "moment": moment}, status=422 if form.errors else 200)

"""Who may open a dossier: restrict it, widen it, share it with another organisation, say that you know the resident."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.core.web.back import back_to

from . import actions, queries
from .forms import RestrictForm, ShareForm, SureForm
from .models import Dossier
from .web.pages import page


def _open(request: HttpRequest, ref: str) -> Dossier:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    request.actor.saw(dossier.pk)
    return dossier


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(request: HttpRequest, form: Any, action: Callable[..., Any], said: str, template: str, **more: Any) -> HttpResponse:
    """Show the form of a dossier; when it was sent, carry out the action and go back to the resident."""
    actor, dossier = request.actor, more["dossier"]
    if form.is_bound and form.is_valid():
        facts = form.facts() if hasattr(form, "facts") else {}
        if form.perform(action, actor=actor, at=actor.at, dossier=dossier, version=request.POST.get("version"), **facts):
            messages.success(request, said)
            return back_to(request, more.get("then") or f"/residents/{dossier.ref}")
    return render(request, template, {"form": form, "back": f"/residents/{dossier.ref}", **more}, status=422 if form.is_bound and form.errors else 200)


@page("access:restrict")
def restrict(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = _open(request, ref)
    named = queries.named_people(dossier=dossier, on=request.actor.on)
    form = RestrictForm(_typed(request), people=queries.nameable(actor=request.actor, dossier=dossier), initial={"workers": [worker.ref for worker in named]})
    said = _("This dossier is restricted now.")
    return _answer(request, form, actions.restrict_dossier, said, "access/restrict.html", dossier=dossier, named=named)


@page("access:widen")
def widen(request: HttpRequest, ref: str) -> HttpResponse:
    said = _("This dossier is open to the paid colleagues of its team again.")
    return _answer(request, SureForm(_typed(request)), actions.widen_dossier, said, "access/widen.html", dossier=_open(request, ref))


@page("access:share")
def share(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = _open(request, ref)
    form = ShareForm(_typed(request), teams=queries.other_houses(dossier=dossier))
    running = queries.running_sharings(dossier=dossier)
    return _answer(request, form, actions.share_dossier, _("Shared."), "access/share.html", dossier=dossier, running=running)


@page("access:end_sharing")
def end_sharing(request: HttpRequest, ref: str) -> HttpResponse:
    dossier, actor = _open(request, ref), request.actor
    if request.method == "POST":
        sharing = queries.sharing_at(dossier=dossier, ref=request.POST.get("sharing", ""))
        actions.end_sharing(actor=actor, at=actor.at, sharing=sharing)
        messages.success(request, _("%(team)s sees nothing more of this dossier from now on.") % {"team": sharing.to_team.name})
        return back_to(request, "access:share", ref)
    return render(request, "access/end_sharing.html", {"dossier": dossier, "running": queries.running_sharings(dossier=dossier), "back": f"/residents/{ref}"})


@page("access:know_resident")
def know_resident(request: HttpRequest, ref: str) -> HttpResponse:
    said = _("This dossier is closed for you now.")
    return _answer(request, SureForm(_typed(request)), actions.mark_acquaintance, said, "access/know_resident.html", dossier=_open(request, ref), then="/")

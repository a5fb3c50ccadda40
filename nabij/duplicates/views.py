"""Pages about who may stand in the file twice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page

from . import actions, queries
from .actions.merging import MERGES
from .forms import MergeForm, SureForm
from .models import Merge, Pair


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.actor.at, "version": request.POST.get("version")}


def _pair(request: HttpRequest, ref: str) -> queries.Facing:
    found = queries.pair_at(actor=request.actor, ref=ref)
    request.actor.saw(*found.about_dossiers)
    return queries.facing(actor=request.actor, pair=found)


def _moved(request: HttpRequest, pair: Pair) -> HttpResponse | None:
    """Lead to the dossier when the two are one already."""
    return redirect("duplicates:of", pair.one.ref) if pair.one.root_id == pair.two.root_id else None


@page("duplicates:list", allow=MERGES)
def pairs(request: HttpRequest) -> HttpResponse:
    rows = queries.pairs_to_look_at(actor=request.actor)
    request.actor.saw(*(pk for pair, _one, _two in rows for pk in pair.about_dossiers))
    return render(request, "duplicates/list.html", {"rows": rows})


@page("duplicates:of", allow=MERGES)
def of(request: HttpRequest, ref: str) -> HttpResponse:
    actor, dossier = request.actor, queries.dossier_at(actor=request.actor, ref=ref)
    alike, merged = queries.alike(actor=actor, dossier=dossier), queries.merges_of(actor=actor, dossier=dossier)
    actor.saw(dossier.pk, *(one.resident.pk for one in alike))
    name = queries.names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "")
    return render(request, "duplicates/of.html", {"dossier": dossier, "name": name, "alike": alike, "merged": merged})


@page("duplicates:look_at")
def look_at(request: HttpRequest, ref: str) -> HttpResponse:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("duplicates:of", dossier.ref)
    other = queries.dossier_at(actor=request.actor, ref=request.POST.get("other", ""))
    pair = actions.look_at(actor=request.actor, at=request.actor.at, dossier=dossier, other=other)
    return redirect("duplicates:pair", pair.ref)


@page("duplicates:pair", allow=MERGES)
def pair(request: HttpRequest, ref: str) -> HttpResponse:
    found = _pair(request, ref)
    return _moved(request, found.pair) or render(request, "duplicates/pair.html", {"facing": found, "today": request.actor.on})


@page("duplicates:merge")
def merge(request: HttpRequest, ref: str) -> HttpResponse:
    found = _pair(request, ref)
    if moved := _moved(request, found.pair):
        return moved
    form = MergeForm(request.POST or None, facing=found)
    if form.is_bound and form.is_valid() and (done := form.perform(actions.merge, pair=found.pair, **_facts(request), **form.facts())):
        messages.success(request, _("Merged. Everything of both is here; it can be undone at any time."))
        return redirect("desk:resident", done.kept.ref if isinstance(done, Merge) else found.pair.one.ref)
    return render(request, "duplicates/merge.html", {"facing": found, "form": form}, status=422 if form.errors else 200)


@page("duplicates:different")
def different(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.pair_at(actor=request.actor, ref=ref)
    if request.method != "POST":
        return redirect("duplicates:pair", ref)
    actions.call_different(pair=found, **_facts(request))
    messages.success(request, _("Noted: two persons. They are not proposed again until something changes."))
    return redirect("duplicates:list")


def _undo(request: HttpRequest, ref: str, action: Any, said: str, template: str) -> HttpResponse:
    found, form = queries.merge_at(actor=request.actor, ref=ref), SureForm(request.POST or None)
    request.actor.saw(*found.about_dossiers)
    if request.method == "POST" and form.perform(action, merge=found, **_facts(request)):
        messages.success(request, said)
        return redirect("duplicates:of", found.kept.ref)
    names = queries.own_names(dossier_ids=found.about_dossiers)
    context = {"form": form, "merge": found, "kept": names.get(found.kept_id, ""), "other": names.get(found.other_id, "")}
    return render(request, template, context, status=422 if form.errors else 200)


@page("duplicates:unmerge")
def unmerge(request: HttpRequest, ref: str) -> HttpResponse:
    return _undo(request, ref, actions.unmerge, _("Two dossiers again. What was recorded since stayed where it was written."), "duplicates/unmerge.html")


@page("duplicates:widen")
def widen(request: HttpRequest, ref: str) -> HttpResponse:
    return _undo(request, ref, actions.widen, _("Wider: who may open one of the two opens both."), "duplicates/widen.html")

"""One page with the number of one resident, and one to take it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page

from . import actions, queries
from .forms import NumberForm, RemoveForm


@page("bsn:number")
def number(request: HttpRequest, ref: str) -> HttpResponse:
    actor, dossier = request.actor, queries.dossier_at(actor=request.actor, ref=ref)
    actor.saw(dossier.pk)
    request.opened = dossier.pk
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.perform(actions.record_number, actor=actor, at=actor.at, dossier=dossier, **form.cleaned_data):
        messages.success(request, _("The number is kept."))
        return redirect("bsn:number", ref)
    kept = queries.number_of(dossier=dossier)
    twins = queries.same_number(actor=actor, dossier=dossier, kept=kept) if kept else []
    actor.saw(*(twin.pk for twin in twins))
    context = {"dossier": dossier, "form": form, "kept": kept, "twins": twins}
    return render(request, "bsn/number.html", context, status=422 if form.errors else 200)


@page("bsn:remove")
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    actor, dossier = request.actor, queries.dossier_at(actor=request.actor, ref=ref)
    actor.saw(dossier.pk)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(actions.remove_number, actor=actor, at=actor.at, dossier=dossier):
        messages.success(request, _("The number was taken away."))
        return redirect("bsn:number", ref)
    return render(request, "bsn/remove.html", {"dossier": dossier, "form": form})

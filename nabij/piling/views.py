"""What comes together around one resident, in a team, and the assessment that switches it on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.residents.actions import PAID

from . import actions, forms, queries


@page("piling:of", allow=PAID)
def of(request: HttpRequest, ref: str) -> HttpResponse:
    actor, dossier = request.actor, queries.dossier_at(actor=request.actor, ref=ref)
    actor.saw(dossier.pk)
    request.opened = dossier.pk
    rule = queries.running_for(dossier=dossier)
    if rule is None:
        return render(request, "piling/off.html", {"dossier": dossier})
    form = forms.SeenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if form.perform(actions.say_seen, actor=actor, at=actor.at, dossier=dossier, **form.cleaned_data):
            messages.success(request, _("Written down as seen. Something new will show it again."))
            return redirect("piling:of", ref)
    pile = queries.pile_of(actor=actor, dossier=dossier, rule=rule)
    context = {"dossier": dossier, "rule": rule, "pile": pile, "form": form}
    return render(request, "piling/of.html", context, status=422 if form.is_bound else 200)


@page("piling:list", allow=PAID)
def listing(request: HttpRequest) -> HttpResponse:
    actor, on = request.actor, queries.rules(actor=request.actor)
    piles = queries.piles_in_teams(actor=actor) if on else []
    actor.saw(*(pile.dossier.pk for pile in piles))
    return render(request, "piling/list.html", {"piles": piles, "rules": on})


@page("piling:dpia")
def dpia(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    form = forms.AssessmentForm(request.POST or None, initial={"assessed_on": actor.on})
    if form.is_bound and form.is_valid() and form.perform(actions.record_assessment, actor=actor, at=actor.at, **form.cleaned_data):
        messages.success(request, _("The assessment is recorded. From now on colleagues see what comes together."))
        return redirect("piling:dpia")
    return _assessments(request, form)


def _assessments(request: HttpRequest, form: Any) -> HttpResponse:
    rows = queries.assessments(actor=request.actor)
    running = next((row for row in rows if row.withdrawn_at is None), None)
    context = {"form": form, "running": running, "rows": rows}
    return render(request, "piling/dpia.html", context, status=422 if form.is_bound and form.errors else 200)


@page("piling:withdraw")
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    actor, assessment = request.actor, queries.assessment_at(actor=request.actor, ref=ref)
    form = forms.PlainForm(request.POST if request.method == "POST" else None)
    version = request.POST.get("version")
    if form.is_bound and form.perform(actions.withdraw_assessment, actor=actor, at=actor.at, assessment=assessment, version=version):
        messages.success(request, _("Withdrawn. Nothing is shown to anybody any more."))
        return redirect("piling:dpia")
    return _assessments(request, form if form.is_bound else forms.AssessmentForm(initial={"assessed_on": actor.on}))

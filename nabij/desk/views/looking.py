"""Who looked at a resident's dossier; the privacy officer's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nabij.access.models import Role
from nabij.access.web.pages import page
from nabij.core.errors import Absent
from nabij.desk import queries
from nabij.desk.forms import LookForm

PAID = {Role.WORKER: "team", Role.LEAD: "team", Role.GGD: "own"}


@page("desk:who_looked", allow=PAID)
def who_looked(request: HttpRequest, ref: str) -> HttpResponse:
    dossier, looks = queries.who_looked(actor=request.actor, ref=ref, after=request.GET.get("after", ""))
    request.actor.saw(dossier.pk)
    return render(request, "desk/who_looked.html", {"dossier": dossier, "looks": looks})


@page("desk:privacy", allow={Role.PRIVACY_OFFICER: "municipality"})
def privacy(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    form = LookForm(request.POST or None)
    dossier = looks = None
    if form.is_bound and form.is_valid():
        try:
            dossier = queries.dossier_for_privacy(actor=actor, ref=form.cleaned_data["ref"])
        except Absent:
            form.add_error("ref", form.not_there)
        else:
            looks = queries.looks_at(dossiers=[dossier.pk], limit=200, named=True)
            actor.saw(dossier.pk)
    emergency = queries.emergency_list(actor=actor, after=request.GET.get("after", ""))
    context = {"form": form, "dossier": dossier, "looks": looks, "emergency": emergency, "seals": queries.seals()}
    return render(request, "desk/privacy.html", context, status=422 if form.is_bound and form.errors else 200)

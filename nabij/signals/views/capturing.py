"""Writing a worry down in half a minute."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.access.models import Dossier
from nabij.access.web.pages import page
from nabij.core.web.back import back_to
from nabij.drafts.keeping import draft_of, drop_draft
from nabij.residents.queries import names_of
from nabij.signals import queries
from nabij.signals.actions import CAPTURES, Receipt, receive_signal
from nabij.signals.forms import CaptureForm

from .public import areas_of


def _about(request: HttpRequest) -> Dossier | None:
    ref = request.POST.get("dossier") or request.GET.get("dossier")
    if not ref:
        return None
    dossier = queries.dossier_with_ref(actor=request.actor, ref=ref)
    request.actor.saw(dossier.pk)
    return dossier


def _tell(request: HttpRequest, done: Any) -> None:
    if not isinstance(done, Receipt):  # the same form sent twice: the first one told
        return
    messages.success(request, _("Taken up by %(team)s.") % {"team": done.commitment.team.name})
    if done.reporter:
        messages.info(request, _("Number for the reporter: %(number)s. Read it out or write it down; it is shown once.") % {"number": done.number})


@page("signals:capture", allow=CAPTURES)
def capture(request: HttpRequest) -> HttpResponse:
    actor, dossier = request.actor, _about(request)
    home, key = queries.home_team(actor=actor), f"capture-{dossier.ref if dossier else 'new'}"
    houses = [house for house in queries.open_municipalities() if house.pk in actor.municipality_ids]
    name = names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "") if dossier else ""
    unknown = _("Not known: %(team)s") % {"team": home.name} if home else ""
    initial = {"who": name} | (draft_of(actor=actor, key=key) if request.method == "GET" else {})
    form = CaptureForm(request.POST or None, areas=areas_of(houses), unknown=unknown, initial=initial)
    if form.is_bound and form.is_valid():
        done = form.perform(receive_signal, actor=actor, at=actor.at, team=home, dossier=dossier, **form.wanted())
        if done is not None:
            drop_draft(actor=actor, key=key)
            _tell(request, done)
            return back_to(request, "signals:captures")
    context = {"form": form, "dossier": dossier, "name": name, "draft": key}
    return render(request, "signals/capture.html", context, status=422 if form.errors else 200)


@page("signals:captures", allow=CAPTURES)
def captures(request: HttpRequest) -> HttpResponse:
    return render(request, "signals/captures.html", {"rows": queries.captures_of(actor=request.actor)})

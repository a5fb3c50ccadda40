from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.core.web.back import asked_from, back_to
from nabij.drafts.keeping import drop_draft, initial_of
from nabij.residents.actions import create_resident, search_alike
from nabij.residents.forms import CreateForm
from nabij.residents.models import Resident
from nabij.residents.queries import SearchAnswer, own_teams
from nabij.residents.reaching import is_phone

DRAFTS = {False: "resident-new", True: "resident-unknown"}


@page("residents:create")
def create(request: HttpRequest) -> HttpResponse:
    actor, unknown = request.actor, bool(request.POST.get("unknown") or request.GET.get("unknown"))
    form = CreateForm(request.POST if request.method == "POST" else None, teams=own_teams(actor=actor), unknown=unknown)
    form.initial = initial_of(actor=actor, key=DRAFTS[unknown], fields=form.fields)
    alike, resident = _looked_then_written(request, form) if form.is_bound and form.is_valid() else (None, None)
    if resident is not None:
        drop_draft(actor=actor, key=DRAFTS[unknown])
        return back_to(request, "desk:resident", resident.dossier.ref)
    shown = {
        "form": form,
        "alike": alike,
        "unknown": unknown,
        "draft": DRAFTS[unknown],
        "next": asked_from(request),
    }
    return render(request, "residents/create.html", shown, status=422 if form.errors else 200)


def _looked_then_written(request: HttpRequest, form: CreateForm) -> tuple[SearchAnswer, Resident | None]:
    actor = request.actor
    alike = search_alike(actor=actor, at=actor.at, person=form.person())
    if alike and not form.cleaned_data["somebody_else"]:
        return alike, None
    resident = form.perform(create_resident, actor=actor, at=actor.at, team=form.team, **form.resident())
    if resident is not None:
        messages.success(request, _("%(name)s is written down.") % {"name": resident.display_name})
        phone = form.cleaned_data["phone"]
        if phone and not is_phone(phone):
            messages.warning(
                request,
                _("“%(typed)s” is kept as you typed it, but it is no telephone number that can be called.")
                % {"typed": phone},
            )
    return alike, resident

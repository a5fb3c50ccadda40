"""Pages of the meldcode: the same for everybody until they are let in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.web.pages import page
from nabij.core.web.forms import ActionForm

from . import actions, forms, queries
from .models import Meldcode, Part


@page("meldcode:of", allow=actions.WORKS)
def of(request: HttpRequest, ref: str) -> HttpResponse:
    actor = request.actor
    dossier, name = queries.person(actor=actor, ref=ref)
    found = queries.meldcodes_of(actor=actor, dossier=dossier)
    actor.saw(dossier.pk)
    if found:
        request.opened_row = found[0]
    rows = [(row, queries.signed_steps(meldcode=row), queries.readers(meldcode=row), row.commitment.owner_id in actor.membership_ids) for row in found]
    busy = any(row.commitment.is_open and mine for row, _steps, _readers, mine in rows)
    context = {"dossier": dossier, "name": name, "rows": rows, "parts": Part, "busy": busy, "today": actor.on, "hints": forms.WORDS}
    return render(request, "meldcode/of.html", context)


@page("meldcode:show", allow=actions.WORKS)
def show(request: HttpRequest, ref: str) -> HttpResponse:
    return redirect("meldcode:of", queries.meldcode_of(actor=request.actor, ref=ref).dossier.ref)


@page("meldcode:start")
def start(request: HttpRequest, ref: str) -> HttpResponse:
    dossier, _name = queries.person(actor=request.actor, ref=ref)
    if request.method == "POST":
        actions.start_meldcode(actor=request.actor, at=request.actor.at, dossier=dossier)
    return redirect("meldcode:of", dossier.ref)


def _answer(request: HttpRequest, meldcode: Meldcode, form: ActionForm, title: str, button: str) -> HttpResponse:
    request.actor.saw(meldcode.dossier_id)
    context = {"form": form, "title": title, "button": button, "dossier": meldcode.dossier}
    template = "meldcode/_part.html" if request.htmx and not form.is_bound else "meldcode/part.html"
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


@page("meldcode:step")
def step(request: HttpRequest, ref: str) -> HttpResponse:
    actor, found = request.actor, queries.meldcode_of(actor=request.actor, ref=ref)
    asked = request.POST or request.GET
    part = asked["part"] if asked.get("part") in Part.values else Part.SIGNS
    earlier = next((s for s in found.steps.all() if s.ref == asked.get("corrects")), None)
    initial = {"part": part, "on": earlier.on if earlier else actor.on, "corrects": earlier.ref if earlier else ""}
    form = forms.StepForm(request.POST or None, wanted=part, initial=initial, auto_id=f"id_{ref}_{part}_{initial['corrects']}_%s")
    if form.is_bound and form.is_valid():
        facts = {**form.cleaned_data, "corrects": earlier}
        if form.perform(actions.sign_step, actor=actor, at=actor.at, meldcode=found, **facts):
            messages.success(request, _("Signed."))
            return redirect("meldcode:of", found.dossier.ref)
    return _answer(request, found, form, _("Correction") if earlier else Part(part).label, _("Sign"))


@page("meldcode:name")
def name(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.meldcode_of(actor=request.actor, ref=ref)
    form = forms.NameForm(request.POST or None, people=queries.to_name(actor=request.actor, meldcode=found), auto_id=f"id_{ref}_%s")
    if form.is_bound and form.is_valid() and form.perform(actions.let_in, actor=request.actor, at=request.actor.at, meldcode=found, worker=form.person()):
        messages.success(request, _("%(name)s is in now.") % {"name": form.person().name})
        return redirect("meldcode:of", found.dossier.ref)
    return _answer(request, found, form, _("Let a colleague in"), _("Let in"))


@page("meldcode:unname")
def unname(request: HttpRequest, ref: str) -> HttpResponse:
    named = queries.named_at(actor=request.actor, ref=ref)
    if request.method == "POST":
        actions.let_out(actor=request.actor, at=request.actor.at, named=named)
    return redirect("meldcode:of", named.meldcode.dossier.ref)


@page("meldcode:take_over")
def take_over(request: HttpRequest, ref: str) -> HttpResponse:
    found = queries.meldcode_of(actor=request.actor, ref=ref)
    if request.method == "POST":
        actions.take_over(actor=request.actor, at=request.actor.at, meldcode=found, version=request.POST.get("version") or None)
        messages.success(request, _("You answer for this now."))
    return redirect("meldcode:of", found.dossier.ref)

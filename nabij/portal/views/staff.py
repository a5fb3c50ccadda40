"""What a worker does with a resident's own page: talk, open, close, give a code, read along."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.models import Dossier
from nabij.access.web.pages import page
from nabij.portal import actions, letters, queries, sessions
from nabij.portal.forms import CodeWayForm, PartsForm, PlainForm, TalkForm
from nabij.portal.models import OwnPage
from nabij.portal.triggers import KIND

from .resident import quiet


def _found(request: HttpRequest, ref: str) -> Dossier:
    dossier = queries.dossier_at(actor=request.actor, ref=ref)
    request.actor.saw(dossier.pk)
    return dossier


def _running(request: HttpRequest, ref: str) -> OwnPage:
    found = queries.running_page(actor=request.actor, ref=ref)
    request.actor.saw(found.dossier_id)
    return found


def _manage(request: HttpRequest, dossier: Dossier, **forms: Any) -> HttpResponse:
    actor, running = request.actor, queries.page_of(dossier=dossier)
    case, people = queries.case_for(actor=actor, dossier=dossier)
    context = {
        "dossier": dossier, "running": running, "case": case, "people": people, "earlier": queries.earlier_pages(dossier=dossier),
        "code_until": queries.code_until(page=running, kind=KIND, at=actor.at) if running else None,
        "talk": TalkForm(people=people, initial={"talk_on": actor.on}), "way": CodeWayForm(),
        "parts": PartsForm(people=people, initial={"parts": running.open_parts if running else [], "others_know": bool(running and running.people > 1)}, auto_id="id_parts_%s"),
        "corrections": queries.corrections_for(page=running) if running else [], "unsafe": bool(case and case.signal and case.signal.unsafe),
    }  # fmt: skip
    bound = [form for form in forms.values() if form.is_bound and form.errors]
    return render(request, "portal/manage.html", context | forms | {"bound": bound[0] if bound else None}, status=422 if bound else 200)


@page("portal:manage")
def manage(request: HttpRequest, ref: str) -> HttpResponse:
    actor, dossier = request.actor, _found(request, ref)
    request.opened = dossier.pk
    case, people = queries.case_for(actor=actor, dossier=dossier)
    form = TalkForm(request.POST or None, people=people, initial={"talk_on": actor.on})
    if form.is_bound and form.is_valid():
        if form.perform(actions.open_page, actor=actor, at=actor.at, dossier=dossier, case=case, **form.facts()):
            messages.success(request, _("The talk is written down. What you opened can be read from now on."))
            return redirect("portal:manage", ref)
    return _manage(request, dossier, talk=form)


@page("portal:parts")
def parts(request: HttpRequest, ref: str) -> HttpResponse:
    actor, running = request.actor, _running(request, ref)
    case, people = queries.case_for(actor=actor, dossier=running.dossier)
    form = PartsForm(request.POST if request.method == "POST" else None, people=people, initial={"parts": running.open_parts}, auto_id="id_parts_%s")
    if form.is_bound and form.is_valid():
        version = request.POST.get("version")
        if form.perform(actions.set_parts, actor=actor, at=actor.at, page=running, case=case, version=version, **form.chosen()):
            messages.success(request, _("What is open was changed."))
            return redirect("portal:manage", ref)
    return _manage(request, queries.dossier_at(actor=actor, ref=ref), parts=form)


@page("portal:close")
def close(request: HttpRequest, ref: str) -> HttpResponse:
    actor, running = request.actor, _running(request, ref)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(actions.close_page, actor=actor, at=actor.at, page=running, version=request.POST.get("version")):
        messages.success(request, _("Everything is closed. The code does not work any more."))
        return redirect("portal:manage", ref)
    return _manage(request, queries.dossier_at(actor=actor, ref=ref), closing=form)


@page("portal:code")
def code(request: HttpRequest, ref: str) -> HttpResponse:
    actor, running = request.actor, _running(request, ref)
    form = CodeWayForm(request.POST if request.method == "POST" else None)
    made = form.perform(actions.make_code, actor=actor, at=actor.at, page=running) if form.is_bound and form.is_valid() else None
    if not isinstance(made, actions.Code):
        return _manage(request, queries.dossier_at(actor=actor, ref=ref), way=form)
    if form.cleaned_data["way"] == "letter":
        answer = HttpResponse(letters.code_letter(actor=actor, page=running, code=made.words), content_type="application/pdf")
        answer.headers["Content-Disposition"] = 'attachment; filename="code.pdf"'
        return quiet(answer)
    return quiet(render(request, "portal/code.html", {"dossier": running.dossier, "code": made.words, "address": letters.enter_address()}))


@page("portal:visit")
def visit(request: HttpRequest, ref: str) -> HttpResponse:
    actor, running = request.actor, _running(request, ref)
    form = PlainForm(request.POST if request.method == "POST" else None)
    begun = form.perform(actions.start_visit, actor=actor, at=actor.at, page=running) if form.is_bound else None
    if begun is None:
        return _manage(request, queries.dossier_at(actor=actor, ref=ref), visiting=form)
    sessions.begin(request, page=running, way=sessions.VISIT, pk=begun.pk, until=begun.ends_at)
    return redirect("portal:plan")

"""What a resident sees: no name in the address, nothing kept in a cache, one answer for every code that does not work."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.doors import PUBLIC
from nabij.access.web.pages import page
from nabij.audit.models import Event
from nabij.casework.letters import picture_tiles, promised
from nabij.core.errors import Absent
from nabij.links.opening import TooOften, open_link
from nabij.portal import actions, letters, queries, sessions
from nabij.portal.codes import plain_code
from nabij.portal.forms import EnterForm, PlainForm, WrongForm
from nabij.portal.triggers import KIND
from nabij.signals.queries import open_municipalities

ANYBODY = {PUBLIC: "own"}


def quiet(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of every cache and its address out of other sites' logs."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def own(part: str = "") -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a view run with what is open in this browser; without that, send to where the code is typed."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def door(request: HttpRequest) -> HttpResponse:
            try:
                found = sessions.here(request, part=part)
            except Absent:
                return quiet(redirect("portal:enter"))
            return quiet(view(request, found))

        return door

    return wrap


def _show(request: HttpRequest, template: str, here: sessions.Here, status: int = 200, **facts: Any) -> HttpResponse:
    dossier = here.page.dossier
    context = {"here": here, "team": dossier.team, "house": dossier.municipality, "visit": here.way == sessions.VISIT, **facts}
    return render(request, f"portal/{template}.html", context, status=status)


@page("portal:enter", allow=ANYBODY)
def enter(request: HttpRequest) -> HttpResponse:
    form = EnterForm(request.POST or None)
    # a colleague reads the plan in the dossier; the log-in of work is not mixed with a resident's
    colleague = request.actor.kind == "worker"
    if not colleague and form.is_bound and form.is_valid() and _come_in(request, form):
        return quiet(redirect("portal:plan"))
    context = {"form": form, "colleague": colleague, "houses": open_municipalities()}
    return quiet(render(request, "portal/enter.html", context, status=422 if form.is_bound and not colleague else 200))


def _come_in(request: HttpRequest, form: EnterForm) -> bool:
    """Begin a log-in for the page of this code; one message for every code that does not work."""
    public = request.actor
    try:
        link = open_link(kind=KIND, secret=plain_code(form.cleaned_data["code"]), at=public.at, origin=public.origin)
        found = queries.open_page_at(ref=link.subject, on=public.on)
    except TooOften:
        form.add_error(None, _("This was tried very often. Wait an hour and try again, or call us."))
        return False
    except Absent:
        form.add_error("code", _("This code does not work. Look at it once more, or call us for a new one."))
        return False
    actions.enter_by_code(actor=sessions.holder_of(request, found), at=public.at, page=found, link=link)
    sessions.begin(request, page=found, way=sessions.CODE, pk=link.pk, until=public.at + sessions.LASTS)
    return True


@page("portal:plan", allow=ANYBODY)
@own()
def plan(request: HttpRequest, here: sessions.Here) -> HttpResponse:
    shown = queries.plan_for(actor=request.actor, page=here.page) if "plan" in here.parts else None
    context = {"plan": shown, "promised": promised(shown) if shown else [], "corrections": queries.corrections_for(page=here.page)}
    return _show(request, "plan", here, **context)


@page("portal:pictures", allow=ANYBODY)
@own("plan")
def pictures(request: HttpRequest, here: sessions.Here) -> HttpResponse:
    shown = queries.plan_for(actor=request.actor, page=here.page)
    return _show(request, "pictures", here, tiles=picture_tiles(shown) if shown else [], phone=shown.case.commitment.team.phone if shown else "")


@page("portal:contacts", allow=ANYBODY)
@own("contacts")
def contacts(request: HttpRequest, here: sessions.Here) -> HttpResponse:
    return _show(request, "contacts", here, rows=queries.contacts_for(page=here.page))


@page("portal:looks", allow=ANYBODY)
@own("looks")
def looks(request: HttpRequest, here: sessions.Here) -> HttpResponse:
    return _show(request, "looks", here, rows=queries.looks_for(page=here.page))


@page("portal:download", allow=ANYBODY, event=Event.COPY)
@own("download")
def download(request: HttpRequest, here: sessions.Here) -> HttpResponse:
    answer = HttpResponse(letters.everything(actor=request.actor, page=here.page), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="mijn-dossier.pdf"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@page("portal:wrong", allow=ANYBODY)
@own()
def wrong(request: HttpRequest, here: sessions.Here) -> HttpResponse:
    form = WrongForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = form.perform(actions.say_wrong, actor=request.actor, at=request.actor.at, page=here.page, words=form.cleaned_data["words"])
        if said:
            newest = next(iter(queries.corrections_for(page=here.page)), None)
            return _show(request, "received", here, said=newest) if newest else redirect("portal:enter")
    return _show(request, "wrong", here, status=422 if form.is_bound else 200, form=form)


@page("portal:leave", allow=ANYBODY)
def leave(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and PlainForm(request.POST).is_valid():
        _stop(request)
    return quiet(redirect("portal:enter"))


def _stop(request: HttpRequest) -> None:
    try:
        found = sessions.here(request)
    except Absent:
        return
    if found.way == sessions.VISIT:
        actions.end_visit(actor=request.actor, at=request.actor.at, page=found.page)
    sessions.leave(request)
    messages.success(request, _("Your plan is closed. Nobody can read it here any more."))

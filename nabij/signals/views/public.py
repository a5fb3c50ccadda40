"""Pages without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nabij.access.actor import Actor, public_actor
from nabij.access.doors import PUBLIC
from nabij.access.web.pages import page
from nabij.signals import queries
from nabij.signals.actions import receive_signal
from nabij.signals.forms import Areas, PublicForm, StatusForm
from nabij.signals.receipts import number_for
from nabij.signals.suspicion import asks_too_often, fresh_token, suspicion_of

ANYBODY = {PUBLIC: "own"}


def areas_of(houses: list[Any]) -> Areas:
    """Return the municipalities with the places one can choose."""
    places = queries.neighbourhoods_in(municipality_ids=[house.pk for house in houses])
    return [(house, places.get(house.pk, [])) for house in houses]


def _sender(request: HttpRequest) -> Actor:
    """Who fills in the public form is the public, also a colleague who is logged in."""
    actor = request.actor
    return public_actor(at=actor.at, request_id=actor.request_id, origin=actor.origin)


def _suspicion(form: PublicForm, actor: Actor) -> str:
    given = form.cleaned_data
    return suspicion_of(trap=given["website"], token=given["shown"], origin=actor.origin, at=actor.at)


@page("signals:public_form", allow=ANYBODY)
def public_form(request: HttpRequest) -> HttpResponse:
    actor, houses = _sender(request), queries.open_municipalities()
    form = PublicForm(request.POST or None, areas=areas_of(houses), initial={"shown": fresh_token(), "area": request.GET.get("area", "")})
    if form.is_bound and form.is_valid() and houses:
        done = form.perform(receive_signal, actor=actor, at=actor.at, suspicion=_suspicion(form, actor), **form.wanted())
        if done is not None:
            # in the session, never in the address; the same form sent twice gives the same number
            request.session["receipt"] = number_for(request_id=actor.request_id, origin=actor.origin) if done is True else done.number
            return redirect("signals:received")
    return render(request, "signals/public_form.html", {"form": form, "houses": houses}, status=422 if form.errors else 200)


@page("signals:received", allow=ANYBODY)
def received(request: HttpRequest) -> HttpResponse:
    houses = queries.open_municipalities()
    return render(request, "signals/received.html", {"number": request.session.get("receipt", ""), "houses": houses})


@page("signals:status", allow=ANYBODY)
def status(request: HttpRequest) -> HttpResponse:
    form, says, code = StatusForm(request.POST or None), None, 200
    if form.is_bound and form.is_valid():
        if asks_too_often(origin=request.actor.origin):
            form.add_error("number", _("You asked very often. Wait an hour, or call us."))
            code = 429
        else:
            says = queries.status_of(number=form.cleaned_data["number"], on=request.actor.on) or "unknown"
    elif form.is_bound:
        code = 422
    return render(request, "signals/status.html", {"form": form, "says": says, "houses": queries.open_municipalities()}, status=code)

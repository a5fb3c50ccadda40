"""The page where a colleague makes or withdraws the link, and the calendar itself, which a telephone reads without a log-in."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nabij.access.doors import PUBLIC
from nabij.access.web.pages import EVERYONE, page
from nabij.core.errors import Absent
from nabij.links.opening import TooOften, open_link

from . import actions, queries
from .forms import SureForm
from .writing import written

# Telephones do not ask themselves: a few large companies ask for all of them, from few addresses.
KNOCKS_OF_ADDRESS = 4000


@page("calendars:own", allow=EVERYONE)
def own(request: HttpRequest) -> HttpResponse:
    return _own(request, SureForm())


@page("calendars:make")
def make(request: HttpRequest) -> HttpResponse:
    form, made = SureForm(request.POST if request.method == "POST" else None), None
    if form.is_bound:
        done = form.perform(actions.make_calendar, actor=request.actor, at=request.actor.at)
        made = done if isinstance(done, actions.Made) else None
    if made is None:  # the same form sent twice: the address was shown the first time
        return redirect("calendars:own")
    response = _own(request, form, made)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@page("calendars:withdraw")
def withdraw(request: HttpRequest) -> HttpResponse:
    form = SureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.perform(actions.withdraw_calendar, actor=request.actor, at=request.actor.at):
        messages.success(request, _("The link works no more. Take the calendar off your telephone as well."))
    return redirect("calendars:own")


@page("calendars:show", allow=EVERYONE)
def show(request: HttpRequest, ref: str) -> HttpResponse:
    name, row = queries.page_of(actor=request.actor, ref=ref)
    return redirect(name, row)


def _own(request: HttpRequest, form: SureForm, made: actions.Made | None = None) -> HttpResponse:
    link = made.recorded if made else queries.own_link(actor=request.actor)
    return render(request, "calendars/own.html", {"form": form, "link": link, "made": made})


@page("calendars:feed", allow={PUBLIC: "own"})
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    here = request.actor
    try:
        link = open_link(kind=queries.KIND, secret=secret, at=here.at, origin=here.origin, of_address=KNOCKS_OF_ADDRESS)
        reader = queries.reader_of(link=link, at=here.at, origin=here.origin)
    except TooOften:
        return _plain(HttpResponse(status=429, content_type="text/plain", headers={"Retry-After": "3600"}))
    except Absent:
        return _plain(HttpResponse(status=404, content_type="text/plain"))
    body = written(entries=queries.entries_for(actor=reader))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    same = get_conditional_response(request, etag=etag)
    if same is not None:
        return _plain(same)
    request.actor, request.opened_row = reader, link  # what was handed out is written down, as read by its owner
    return _plain(HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"ETag": etag}))


def _plain(response: HttpResponse) -> HttpResponse:
    """Keep the address out of other sites' logs, and the answer out of caches that several people share."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

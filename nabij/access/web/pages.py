"""The door of a page: who may open it, and the read written down before the answer leaves."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from nabij.access.doors import PUBLIC, VERBS, Allow, fitting_seat, note
from nabij.access.models import Role
from nabij.audit.models import Event
from nabij.core.errors import Absent, Conflict, Refused

EVERYONE = {role.value: "own" for role in Role}
View = Callable[..., HttpResponse]


def page(name: str, *, allow: Allow | None = None, event: Event = Event.READ) -> Callable[[View], View]:
    """Declare a page. `name`: its URL name, "room:verb"; `allow`: as for an action; left out, the action of the same name says it.

    What the view notes with `actor.saw(dossier ids)`, and as `request.opened` (a dossier) or `request.opened_row` (a row that may hang on
    no dossier yet), becomes one audit entry, committed before the answer leaves.
    """

    def wrap(view: View) -> View:
        rules = dict(allow) if allow is not None else dict(VERBS[name.replace(":", ".")].allow)

        @functools.wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor
            if PUBLIC not in rules:
                if actor.kind != "worker":
                    return redirect_to_login(request.get_full_path())
                if fitting_seat(actor, rules) is None:
                    raise Http404
            try:
                response = view(request, *args, **kwargs)
            except Absent as absent:
                raise Http404 from absent
            except Refused as refused:
                status = 409 if isinstance(refused, Conflict) else 422
                return render(request, "core/refused.html", {"message": refused.message}, status=status)
            _write_down(request, name, event)
            return response

        door.page = name  # type: ignore[attr-defined]
        door.allow = rules  # type: ignore[attr-defined]
        return door

    return wrap


def _write_down(request: HttpRequest, name: str, event: Event) -> None:
    actor, opened, row = request.actor, getattr(request, "opened", None), getattr(request, "opened_row", None)
    if actor.seen or row is not None:
        note(
            actor, name.replace(":", "."), at=actor.at, event=event, record=row, dossier_id=opened, dossiers=sorted(actor.seen), purpose="care"
        )

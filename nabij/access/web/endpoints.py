"""The door of an endpoint for a logged-in worker: the same rules and the same read log as a page.

    from ninja import Router
    from nabij.access.web.endpoints import SESSION, worker_endpoint

    router = Router(auth=SESSION, tags=["My day"])

    @router.get("/my-day", response={200: MyDay, 401: Problem, 404: Problem}, by_alias=True)
    @worker_endpoint("desk.my_day_json", allow=EVERYONE)
    def my_day(request): ...

A GET writes nothing but the read log; any other method needs the CSRF token of the session (the header X-CSRFToken).
"""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja.security import SessionAuth

from nabij.access.doors import Allow, fitting_seat, note
from nabij.audit.models import Event
from nabij.core.errors import Absent

SESSION = SessionAuth(csrf=True)


def worker_endpoint(name: str, *, allow: Allow, event: Event = Event.READ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an endpoint; `name` stands in the audit. What the view notes with `actor.saw(..)` becomes one audit entry, before the answer leaves.

    Raises Absent when nobody's function fits: refused and not there look the same.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = request.actor
            if actor.kind != "worker" or fitting_seat(actor, allow) is None:
                raise Absent
            answer = view(request, *args, **kwargs)
            opened, row = getattr(request, "opened", None), getattr(request, "opened_row", None)
            if actor.seen or row is not None:
                note(actor, name, at=actor.at, event=event, record=row, dossier_id=opened, dossiers=sorted(actor.seen), purpose="care")
            return answer

        door.allow = dict(allow)  # type: ignore[attr-defined]
        return door

    return wrap

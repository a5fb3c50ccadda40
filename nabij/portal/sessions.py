"""Who reads along now: a log-in of half an hour, bound to one code or one visit, looked at again on every page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpRequest

from nabij.access.actor import Actor, link_actor
from nabij.core.errors import Absent

from . import queries
from .models import OwnPage

KEY = "portal"
LASTS = timedelta(minutes=30)
CODE, VISIT = "code", "visit"


@dataclass(frozen=True)
class Here:
    """The page that is open in this browser, and how somebody came in."""

    page: OwnPage
    way: str
    until: datetime

    @property
    def parts(self) -> list[str]:
        """Return what can be read here: with a code the plan only; at a visit everything that is open."""
        return [name for name in self.page.open_parts if self.way == VISIT or name == "plan"]


def holder_of(request: HttpRequest, page: OwnPage) -> Actor:
    """Return the actor of who reads their own page: nothing else is open to them."""
    here = request.actor
    return link_actor(subject=page.ref, at=here.at, request_id=here.request_id, origin=here.origin)


def begin(request: HttpRequest, *, page: OwnPage, way: str, pk: int, until: datetime) -> None:
    """Begin a log-in that can only read this page. Whoever was logged in here is logged out first."""
    logout(request)
    request.session.cycle_key()
    request.session[KEY] = {"page": page.ref, "way": way, "pk": pk, "until": until.isoformat()}
    request.session.set_expiry(int(LASTS.total_seconds()))


def here(request: HttpRequest, *, part: str = "") -> Here:
    """Return what is open in this browser and act from now on as who reads it. Raises Absent: nothing, ended, or not this part."""
    at, kept = request.actor.at, request.session.get(KEY) or {}
    if not kept or datetime.fromisoformat(kept["until"]) <= at:
        raise Absent
    works = queries.link_works if kept["way"] == CODE else queries.visit_runs
    if not works(pk=kept["pk"], ref=kept["page"], at=at):
        raise Absent
    found = Here(queries.open_page_at(ref=kept["page"], on=request.actor.on), kept["way"], datetime.fromisoformat(kept["until"]))
    if part and part not in found.parts:
        raise Absent
    request.actor = holder_of(request, found.page)
    request.actor.saw(found.page.dossier_id)
    request.opened = found.page.dossier_id
    return found


def leave(request: HttpRequest) -> None:
    """Forget at once what was open."""
    request.session.flush()

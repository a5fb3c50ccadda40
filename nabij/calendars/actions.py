"""Make, renew and withdraw the link of one's own calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Role, Scope
from nabij.audit.models import Event
from nabij.core.errors import Absent
from nabij.links.actions import end_link, make_link
from nabij.links.models import Link

from .queries import KIND, myself, own_link

OWNERS = {role.value: Scope.OWN for role in Role}
LASTS = timedelta(days=366)


@dataclass(frozen=True)
class Made:
    """A fresh link and its whole address, which is shown once and kept nowhere."""

    recorded: Link
    address: str


@action("calendars.make", allow=OWNERS, event=Event.CREATE)
def make_calendar(*, actor: Actor, at: datetime) -> Made:
    """Make a link to one's own calendar; one that was there stops at once, so that this also renews it.

    It works for a year. Raises Absent for who is no worker.
    """
    me = myself(actor=actor)
    link, secret = make_link(actor=actor, at=at, kind=KIND, subject=me.ref, worker=me, lasts=LASTS, max_uses=None)
    return Made(link, settings.PUBLIC_URL + reverse("calendars:feed", args=[secret]))


@action("calendars.withdraw", allow=OWNERS)
def withdraw_calendar(*, actor: Actor, at: datetime) -> Link:
    """End the link to one's own calendar at once. Raises Absent when there is none."""
    link = own_link(actor=actor)
    if link is None:
        raise Absent
    return end_link(actor=actor, at=at, link=link)

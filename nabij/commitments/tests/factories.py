"""Makers of open work for tests, through the doors as people make it, and a client that is logged in."""

from datetime import datetime, timedelta

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for, log_in, make_team
from nabij.commitments.actions import add_task, stand_in
from nabij.commitments.models import Commitment, StandIn

__all__ = ["log_in", "make_stand_in", "make_task"]


def make_task(owner: Membership | None = None, what: str = "Bel terug over de huur", days: int = 3, dossier: Dossier | None = None, at: datetime | None = None) -> Commitment:
    """Return the commitment of a task that is due in so many days (below zero: days late)."""
    owner = owner or make_team().lead
    now = timezone.now()
    # what is late was promised before: the door is called on that day
    at = at or min(now, now + timedelta(days=days - 1))
    due_at = now + timedelta(days=days)
    task = add_task(actor=actor_for(owner, at), at=at, what=what, owner=owner, due_at=due_at, dossier=dossier)
    return task.commitment


def make_stand_in(absent: Membership, substitute: Membership) -> StandIn:
    today = timezone.localdate()
    return stand_in(actor=actor_for(absent), at=timezone.now(), membership=absent, substitute=substitute, from_on=today, until_on=today + timedelta(7))

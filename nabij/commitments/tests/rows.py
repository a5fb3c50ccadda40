"""Commitments written straight into the table, for tests of what the database itself refuses."""

from datetime import datetime, timedelta

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.commitments.models import Commitment, Kind, Task


def make_commitment(owner: Membership, dossier: Dossier | None = None, kind: str = Kind.TASK, **fields: object) -> Commitment:
    """Return an open commitment of this member's team, due tomorrow unless said otherwise, with its task row when it is a task."""
    now = timezone.now()
    fields = {
        "what": "Bellen over de afspraak",
        "due_at": now + timedelta(days=1),
        "opened_at": now,
        "turned_at": now,
        "turned_by": owner,
        **fields,
    }
    commitment = Commitment.objects.create(
        municipality=owner.team.municipality, team=owner.team, dossier=dossier, kind=kind, owner=owner, **fields
    )
    if kind == Kind.TASK:
        Task.objects.create(commitment=commitment)
    return commitment


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)

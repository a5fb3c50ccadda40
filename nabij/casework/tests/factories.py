"""Small, plain makers of cases for tests."""

from datetime import datetime

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.casework.actions import open_case
from nabij.casework.models import Case


def make_case(by: Membership, *dossiers: Dossier, at: datetime | None = None, **fields: object) -> Case:
    """Return an open case opened by this member, made by the action itself."""
    at = at or timezone.now()
    return open_case(actor=actor_for(by, at), at=at, dossiers=list(dossiers), **fields)

"""Small, plain makers of conferences for tests."""

from datetime import datetime, timedelta

from django.utils import timezone

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for
from nabij.casework.models import Case
from nabij.conferences.actions import plan_conference
from nabij.conferences.models import Conference


def make_conference(by: Membership, case: Case, at: datetime | None = None, **fields: object) -> Conference:
    """Return a conference that takes place an hour after it was planned, with the resident at the table."""
    at = at or timezone.now()
    facts = {"starts_at": at + timedelta(hours=1), "question": "Wie pakt de schulden op?", "resident_part": "present", **fields}
    return plan_conference(actor=actor_for(by, at), at=at, case=case, **facts)

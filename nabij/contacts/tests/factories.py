"""Small, plain makers of contacts for tests."""

from datetime import datetime

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.contacts.actions import record_contact
from nabij.contacts.models import Contact


def make_contact(by: Membership, *dossiers: Dossier, words: str = "Het gaat goed.", audience: str = "team", **fields: object) -> Contact:
    """Return a contact that this member recorded, made by the action itself."""
    now: datetime = fields.pop("at", None) or timezone.now()
    fields = {"medium": "visit", "reached": True, "happened_at": now, "texts": {d.pk: (audience, words) for d in dossiers}, **fields}
    return record_contact(actor=actor_for(by, now), at=now, dossiers=list(dossiers), **fields)

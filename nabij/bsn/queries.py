"""Reads of the number: in one dossier, and where else the same one stands."""

from typing import Any

from django.db.models import Case, When

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.access.queries import fetch
from nabij.core import crypto
from nabij.core.errors import Absent

from .models import CitizenNumber


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier whose organisation may process the number. Raises Absent: not for this actor, or the organisation may not."""
    dossier = fetch(Dossier.objects.select_related("controller", "team", "resident"), actor=actor, ref=ref)
    if not dossier.controller.may_process_bsn or not hasattr(dossier, "resident"):
        raise Absent
    return dossier


def number_of(*, dossier: Dossier) -> CitizenNumber | None:
    """Return the number of a dossier that was opened through the guard; nothing when it is not known."""
    own_first = Case(When(dossier_id=dossier.root_id, then=0), default=1)
    return CitizenNumber.objects.filter(dossier__root_id=dossier.root_id).order_by(own_first, "pk").first()


def fingerprint_of(*, number: str, controller_id: int) -> str:
    """Return by what a number is found again within one organisation: HMAC-SHA256 under a key of its own."""
    return crypto.sign(number.encode(), purpose=f"bsn:{controller_id}")


def same_number(*, actor: Actor, dossier: Dossier, kept: CitizenNumber) -> list[Dossier]:
    """Return the other dossiers of the organisation with the same number, as far as this actor may open them: likely one person twice."""
    twins = CitizenNumber.objects.filter(fingerprint=kept.fingerprint).exclude(dossier__root_id=dossier.root_id).values("dossier_id")
    found = Dossier.objects.visible_to(actor).filter(pk__in=twins, controller_id=dossier.controller_id)
    return list(found.select_related("resident").order_by("pk"))


def export_numbers(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return that a number is kept and how it ends, not the number itself: a file that leaves the house does not need it (GDPR art. 15)."""
    rows = CitizenNumber.objects.filter(dossier__root_id=dossier.root_id).order_by("pk")
    return [{"kind": "bsn", "ends_with": row.number[-3:], "recorded_at": row.recorded_at} for row in rows]

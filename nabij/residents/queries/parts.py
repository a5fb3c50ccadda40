"""What stands in a dossier about reach, safety and who decides: the pages that keep it, and the export."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Team
from nabij.access.queries import fetch
from nabij.core.errors import Absent
from nabij.residents.models import Address, Away, ContactWay, ParentalAuthority, Representative, Resident, SafetyNote
from nabij.residents.models.hooks import OnDossier

PARTS: dict[str, type[OnDossier]] = {
    "address": Address, "way": ContactWay, "note": SafetyNote, "authority": ParentalAuthority, "representative": Representative, "away": Away,
}  # fmt: skip
ENDS = {"note": "ended_at"}


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return the dossier with its resident, through the guard. Raises Absent: also for a dossier without a resident."""
    dossier = fetch(Dossier.objects.select_related("resident", "team"), actor=actor, ref=ref)
    if not hasattr(dossier, "resident"):
        raise Absent
    return dossier


def part_at(*, actor: Actor, dossier: Dossier, part: str, ref: str) -> OnDossier:
    """Return one row of this dossier, through the guard. Raises Absent."""
    return fetch(PARTS[part].objects.filter(dossier__root_id=dossier.root_id), actor=actor, ref=ref)


def parts_of(*, dossier: Dossier, part: str) -> QuerySet[OnDossier]:
    """Return the rows of one kind of this dossier: running first, then ended, newest first."""
    rows = (
        PARTS[part]
        .objects.filter(dossier__root_id=dossier.root_id)
        .order_by(F(ENDS.get(part, "until_on")).desc(nulls_first=True), "-pk")
    )
    return rows.select_related("author__worker") if part == "note" else rows


def own_teams(*, actor: Actor) -> QuerySet[Team]:
    """Return the teams in which this actor may write somebody down, by name."""
    return Team.objects.filter(pk__in=actor.team_ids, ended_at__isnull=True).order_by("name", "pk")


def notes_to_review(*, team_ids: list[int], on: date) -> QuerySet[SafetyNote]:
    """Return the running safety notes of these teams whose day to look again has come, oldest first."""
    return SafetyNote.objects.filter(dossier__team_id__in=team_ids, ended_at__isnull=True, review_on__lte=on).order_by(
        "review_on", "pk"
    )


def export_residents(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return all that this room keeps about one resident, for subject access: one entry a row, with its kind and its words."""
    rows = [
        *Resident.objects.filter(dossier__root_id=dossier.root_id).order_by("pk"),
        *(row for part in PARTS for row in parts_of(dossier=dossier, part=part).reverse()),
    ]
    return [{"kind": row._meta.model_name, **_words(row)} for row in rows]


def _words(row: OnDossier | Resident) -> dict[str, Any]:
    hidden = {"id", "version", "ref", "dossier", "author", "holder", "neighbourhood"}
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.fields
        if field.name not in hidden and getattr(row, field.name) not in ("", None)
    }

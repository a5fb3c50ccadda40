"""The people of the team board: who is away, who leaves, how much each carries; residents who could not be reached; safety notes to review."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from nabij.access.actor import Actor
from nabij.access.models import Membership, Team, opened_by
from nabij.commitments.models import Commitment, Kind, StandIn
from nabij.core.bundles import Bundle, unbundle
from nabij.residents.models import SafetyNote
from nabij.residents.queries import notes_to_review
from nabij.upkeep.queries import tried_in_vain

AHEAD = timedelta(days=28)  # absences and last days that are worth knowing now
SHOWN = 8


@dataclass(frozen=True)
class Colleague:
    """One colleague on the board. `cases` and `others`: how much is open, only for the colleague and the lead; else None."""

    ref: str
    name: str
    role: str
    until_on: date | None
    is_past: bool
    absences: list[StandIn]
    cases: int | None
    others: int | None
    is_me: bool


@dataclass(frozen=True)
class Missed:
    """A resident who was tried some times in a row and not reached."""

    name: str
    dossier_id: int
    dossier_ref: str
    tries: int
    last_tried_at: datetime


def people_of(*, actor: Actor, team: Team) -> list[Colleague]:
    """Return the colleagues of a team by name, with absences and last days to come, in one query.

    How much somebody carries is for that person and the lead alone: never in an order, never exported.
    """
    stand_ins = StandIn.objects.ahead(actor.on).filter(membership=OuterRef("pk"), from_on__lte=actor.on + AHEAD).order_by("from_on", "pk")
    rows = (
        Membership.objects.filter(team=team, ended_at__isnull=True, from_on__lte=actor.on)
        .select_related("worker")
        .annotate(
            absences=Bundle(stand_ins, substitute_name="substitute__worker__name"),
            cases=_open_of(kind=Kind.CASE),
            everything=_open_of(),
        )
        .order_by("worker__name", "pk")
    )
    return [_colleague(actor, team, row) for row in rows]


def _open_of(**which: str) -> Coalesce:
    """Count what is open of a colleague: what was closed over the years is not read."""
    rows = Commitment.objects.open().filter(owner=OuterRef("pk"), **which).order_by().values("owner")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def _colleague(actor: Actor, team: Team, row: Membership) -> Colleague:
    is_me = row.worker_id == actor.worker_id
    shown = is_me or team.pk in actor.led_team_ids
    leaves = row.until_on if row.until_on and row.until_on <= actor.on + AHEAD else None
    return Colleague(
        ref=row.ref,
        name=row.worker.name,
        role=str(row.get_role_display()),
        until_on=leaves,
        is_past=bool(leaves and leaves < actor.on),
        absences=unbundle(StandIn, row.absences),
        cases=row.cases if shown else None,
        others=row.everything - row.cases if shown else None,
        is_me=is_me,
    )


def missed_of(*, actor: Actor, team: Team, limit: int = SHOWN) -> list[Missed]:
    """Return residents of open cases who were tried three times or more since the last real contact, the most tried first. One query."""
    rows = tried_in_vain().filter(opened_by(actor), team=team)
    found = rows.select_related("dossier__resident").order_by("-tries", "pk")[:limit]
    return [Missed(row.dossier.resident.display_name, row.dossier_id, row.dossier.ref, row.tries, row.last_tried) for row in found]


def notes_of(*, actor: Actor, team: Team, limit: int = SHOWN) -> list[SafetyNote]:
    """Return the safety notes of a team whose day to look again has come, oldest first; only of dossiers that are open to this actor."""
    notes = notes_to_review(team_ids=[team.pk], on=actor.on).filter(opened_by(actor))
    return list(notes.select_related("dossier__resident", "author__worker")[:limit])

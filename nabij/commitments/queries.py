"""Reads of commitments: one through the guard, the board, what is new for the team, who could take over."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Membership, Role, Worker
from nabij.access.queries import colleagues, fetch
from nabij.core.errors import Absent

from .clock import term_end
from .models import Commitment, Commitments, Kind, Pause, StandIn, Task


def commitment_of(*, actor: Actor, ref: str) -> Commitment:
    """Return one commitment with its owner and team. Raises Absent: not there and not for you are one answer."""
    return fetch(Commitment.objects.select_related("owner__worker", "team", "dossier"), actor=actor, ref=ref)


def task_of(*, actor: Actor, ref: str) -> Task:
    """Return the task of a commitment. Raises Absent, also when the commitment is something else than a task."""
    commitment = commitment_of(actor=actor, ref=ref)
    return fetch(Task.objects.select_related("commitment__owner", "commitment__team"), actor=actor, ref=_task_ref(commitment))


def _task_ref(commitment: Commitment) -> str:
    return Task.objects.filter(commitment=commitment).values_list("ref", flat=True).first() or ""


def dossier_of(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier to hang something on. Raises Absent."""
    return fetch(Dossier.objects.select_related("team"), actor=actor, ref=ref)


def pause_of(*, commitment: Commitment) -> Pause | None:
    """Return the running pause of a commitment, or None."""
    return Pause.objects.filter(commitment=commitment, ended_at__isnull=True).first()


def successors(*, actor: Actor, commitment: Commitment) -> list[Membership]:
    """Return the colleagues who could answer for it from now on, the present owner apart: own teams and the team that has it."""
    teams = sorted({commitment.team_id, *actor.team_ids})
    return [member for member in colleagues(team_ids=teams, on=actor.on) if member.pk != commitment.owner_id]


def mates(*, actor: Actor) -> list[Membership]:
    """Return everybody of the actor's own teams who could be asked to do something, the actor included."""
    return list(colleagues(team_ids=actor.team_ids, on=actor.on))


def _replaced(actor: Actor) -> "QuerySet[StandIn, dict[str, int]]":
    today = {"from_on__lte": actor.on, "until_on__gte": actor.on, "ended_at__isnull": True}
    return StandIn.objects.filter(substitute_id__in=actor.membership_ids, **today).values("membership_id")


def board(*, actor: Actor, together: bool = False) -> Commitments:
    """Return everything open that this actor answers for, and what they do for the colleagues they replace today.

    `together`: also the cases and activities of residents they were given, although a colleague answers for them (volunteers).
    Each row also says `look_again_on` (of a running pause, else None) and `may_open`: whether its dossier is open to this actor.
    What somebody owns is never left out, not even when its dossier was closed to them meanwhile.
    """
    pause = Pause.objects.filter(commitment=OuterRef("pk"), ended_at__isnull=True).values("look_again_on")[:1]
    opened = Dossier.objects.visible_to(actor).filter(pk=OuterRef("dossier_id"))
    mine = Q(owner_id__in=actor.membership_ids) | Q(owner_id__in=_replaced(actor))
    if together:
        mine |= Q(kind__in=[Kind.CASE, Kind.ACTIVITY], dossier_id__in=Dossier.objects.visible_to(actor).values("id"))
    return Commitment.objects.open().filter(mine).annotate(look_again_on=Subquery(pause), may_open=Exists(opened))


def to_take(*, actor: Actor, kind: str = Kind.SIGNAL) -> Commitments:
    """Return what came in for the actor's teams and nobody has taken up yet, the most urgent and oldest first."""
    fresh = Commitment.objects.open().visible_to(actor).filter(team_id__in=actor.team_ids, kind=kind, taken_at__isnull=True)
    return fresh.order_by("urgency", "due_at", "id")


def quick_dates(*, on: date) -> dict[str, date]:
    """Return the dates that are one tap away: tomorrow, in a week, in two weeks; the last two never in a weekend or on a holiday."""
    return {"tomorrow": on + timedelta(1), "week": term_end(on, days=7), "two_weeks": term_end(on, days=14)}


def worker_of(*, actor: Actor, ref: str) -> Worker:
    """Return somebody whom this actor may block: of a team they lead, or of the municipality they keep in order. Raises Absent."""
    led = [seat.team_id for seat in actor.memberships if seat.function == Role.LEAD]
    kept = [seat.municipality_id for seat in actor.memberships if seat.function == Role.ADMINISTRATOR]
    mine = Q(memberships__team_id__in=led) | Q(memberships__team__municipality_id__in=kept)
    found = Worker.objects.filter(mine, ref=ref).first()
    if found is None:
        raise Absent
    return found


def open_count(*, worker: Worker) -> int:
    """Return how many open things somebody answers for, over all their memberships."""
    return Commitment.objects.open().filter(owner__worker=worker).count()

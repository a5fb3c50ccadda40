"""Reads of commitments: one through the guard, the board, what is new for the team, who could take over."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import ActingLead, Dossier, DutyTurn, Membership, Role, Team, Worker
from nabij.access.queries import colleagues, fetch
from nabij.core.errors import Absent
from nabij.core.ids import names_nothing
from nabij.core.worded import ask, records

from .clock import term_end
from .models import Commitment, Commitments, Kind, Pause, StandIn, Task


def commitment_of(*, actor: Actor, ref: str) -> Commitment:
    """Return one commitment with its owner and team. Raises Absent: not there and not for you are one answer."""
    found = [] if names_nothing(ref) else records(_commitment, actor=actor, ref=ref)
    if not found:
        raise Absent
    return found[0]


def _commitment(*, actor: Actor, ref: str) -> Commitments:
    return Commitment.objects.visible_to(actor).filter(ref=ref).select_related("owner__worker", "team", "dossier")


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
    return next(iter(records(_pause, commitment_id=commitment.pk)), None)


def _pause(*, commitment_id: int) -> "QuerySet[Pause]":
    return Pause.objects.filter(commitment_id=commitment_id, ended_at__isnull=True)


def successors(*, actor: Actor, commitment: Commitment) -> list[Membership]:
    """Return the colleagues who could answer for it from now on, the present owner apart: own teams and the team that has it."""
    teams = sorted({commitment.team_id, *actor.team_ids})
    return [member for member in colleagues(team_ids=teams, on=actor.on) if member.pk != commitment.owner_id]


def mates(*, actor: Actor) -> list[Membership]:
    """Return everybody of the actor's own teams who could be asked to do something, the actor included."""
    return list(colleagues(team_ids=actor.team_ids, on=actor.on))


def _replaced(actor: Actor) -> "QuerySet[StandIn, dict[str, int]]":
    """Return the memberships whose work this actor does today: as substitute, on duty for the queue, or as lead when the substitute is away too."""
    running = StandIn.objects.running(actor.on)
    mine = actor.membership_ids
    leads = Q(membership__team_id__in=actor.led_team_ids) | Q(membership__team__lead_id__in=mine)
    turns = DutyTurn.objects.filter(team_id=OuterRef("membership__team_id"), on=actor.on, membership__in=Membership.objects.on(actor.on))
    queue = Q(substitute__isnull=True) & (Q(Exists(turns.filter(membership_id__in=mine))) | (~Q(Exists(turns)) & leads))
    alone = leads & ~Q(membership_id__in=mine) & _without_substitute(actor.on)
    return running.filter(Q(substitute_id__in=mine) | queue | alone).values("membership_id")


def _without_substitute(on: date) -> Q:
    """Return which absences have a substitute who is away, blocked or gone as well on a day."""
    away = Exists(StandIn.objects.running(on).filter(membership_id=OuterRef("substitute_id")))
    return Q(away) | Q(substitute__worker__blocked_at__isnull=False) | Q(substitute__until_on__lt=on)


def unwatched(*, team_ids: list[int], on: date) -> list[StandIn]:
    """Return the running absences whose substitute is away too: the lead sees that work, and should name somebody else."""
    found = StandIn.objects.running(on).filter(_without_substitute(on), membership__team_id__in=team_ids)
    return list(found.select_related("membership__worker", "substitute__worker").order_by("until_on", "pk"))


def answers_for(*, actor: Actor) -> list[int]:
    """Return the memberships whose work this actor does today: their own, and those of the colleagues they replace."""
    return sorted({*actor.membership_ids, *(pk for (pk,) in ask(_replaced_ids, actor=actor))})


def _replaced_ids(*, actor: Actor) -> "QuerySet[StandIn, tuple[int]]":
    return _replaced(actor).values_list("membership_id")


def board(*, actor: Actor, together: bool = False, owners: list[int] | None = None) -> Commitments:
    """Return everything open that this actor answers for, and what they do for the colleagues they replace today.

    `together`: also the cases and activities of residents they were given, although a colleague answers for them (volunteers).
    Each row also says `look_again_on` (of a running pause, else None) and `may_open`: whether its dossier is open to this actor.
    What somebody owns is never left out, not even when its dossier was closed to them meanwhile. `owners`: what `answers_for` said, when it was
    asked before; a database that knows the owners beforehand reads their work and nobody else's.
    """
    pause = Pause.objects.filter(commitment=OuterRef("pk"), ended_at__isnull=True).values("look_again_on")[:1]
    opened = Dossier.objects.visible_to(actor).filter(pk=OuterRef("dossier_id"))
    mine = Q(owner_id__in=owners) if owners else Q(owner_id__in=actor.membership_ids) | Q(owner_id__in=_replaced(actor))
    if together:
        mine |= Q(kind__in=[Kind.CASE, Kind.ACTIVITY], dossier_id__in=Dossier.objects.visible_to(actor).values("id"))
    return Commitment.objects.open().filter(mine).known_to(actor).annotate(look_again_on=Subquery(pause), may_open=Exists(opened))


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
    nowhere = Q(memberships__isnull=True, made_in_id__in=kept)
    mine = Q(memberships__team_id__in=led) | Q(memberships__team__municipality_id__in=kept) | nowhere
    found = Worker.objects.filter(mine, ref=ref).first()
    if found is None:
        raise Absent
    return found


def open_count(*, worker: Worker) -> int:
    """Return how many open things somebody answers for, over all their memberships."""
    return Commitment.objects.open().filter(owner__worker=worker).count()


def may_open(*, member: Membership, dossier_id: int, at: datetime) -> bool:
    """Tell whether the person of a membership may open a dossier at a moment."""
    return Dossier.objects.visible_to(worker_actor(member.worker, at=at)).filter(pk=dossier_id).exists()


def leads_of(*, team: Team, worker_id: int, at: datetime) -> list[Membership]:
    """Return who of the team could take the work of somebody, in this order: the lead, who acts for the lead, the lead's substitute."""
    acting = ActingLead.objects.running(timezone.localdate(at)).filter(team=team).select_related("membership__worker", "membership__team").order_by("pk")
    wanted = [team.lead, *(row.membership for row in acting), team.lead_substitute]
    return [m for m in wanted if m and m.worker_id != worker_id and not m.ended_at and not m.worker.blocked_at]

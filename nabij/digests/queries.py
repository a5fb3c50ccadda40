"""Who gets the daily mail now, and how many of what stands in it. Only counts: what a lock screen may show."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import Role, Team, Worker
from nabij.commitments.clock import is_working_day
from nabij.commitments.models import Commitment, Kind, Urgency
from nabij.commitments.queries import board
from nabij.upkeep import zero
from nabij.upkeep.limits import Ground
from nabij.upkeep.models import Escalation
from nabij.upkeep.queries import tried_in_vain

from .models import USUAL, DigestChoice, DigestDay, Rhythm

HAVE_A_LIST = [Role.WORKER, Role.LEAD, Role.GGD, Role.VOLUNTEER, Role.YOUTH_WORKER, Role.VOLUNTEER_COORDINATOR]


def choice_of(*, actor: Actor) -> DigestChoice | None:
    """Return what the actor chose about the mail, or None: then every working day at seven."""
    return DigestChoice.objects.filter(worker_id=actor.worker_id).first()


def due_workers(*, at: datetime) -> list[Worker]:
    """Return who should have the mail by now and did not get it today: there today, not blocked, and so chosen. Demo log-ins have no inbox."""
    on = timezone.localdate(at)
    there = zero.active(on=on).filter(worker=OuterRef("pk"), role__in=HAVE_A_LIST, team__ended_at__isnull=True)
    had = DigestDay.objects.filter(worker=OuterRef("pk"), on=on)
    rows = Worker.objects.filter(Exists(there), ~Exists(had), is_demo=False, is_active=True, blocked_at__isnull=True)
    return [worker for worker in rows.select_related("digest_choice").order_by("pk") if _wants(worker, at, on)]


def _wants(worker: Worker, at: datetime, on: date) -> bool:
    choice = getattr(worker, "digest_choice", None) or DigestChoice(worker=worker, hour=USUAL)
    if choice.rhythm == Rhythm.OFF or timezone.localtime(at).hour < choice.hour:
        return False
    if choice.rhythm == Rhythm.WEEKLY:
        return opens_week(on=on)
    return choice.free_days or is_working_day(on)


def opens_week(*, on: date) -> bool:
    """Tell whether a day is the first working day of its week."""
    monday = on - timedelta(days=on.weekday())
    return is_working_day(on) and not any(is_working_day(monday + timedelta(days=n)) for n in range(on.weekday()))


@dataclass
class TeamCounts:
    """What the lead of one team is told once a week."""

    name: str
    ref: str
    zero: int
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class Morning:
    """What one colleague is told: how many of what, and per team they lead."""

    counts: dict[str, int]
    teams: list[TeamCounts] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values()) and not self.teams


@dataclass
class House:
    """What is read once for all mails of one moment."""

    quiet: list[zero.Quiet]
    zero: dict[int, dict[str, int]]
    tried: Counter[int]
    tried_teams: Counter[int]


def read_house(*, at: datetime) -> House:
    """Return what every mail of a moment draws from: the quiet cases, the zero of every team, who was tried in vain. Six queries."""
    on = timezone.localdate(at)
    quiet = zero.quiet_cases(on=on)
    tried = list(tried_in_vain().values_list("owner_id", "team_id"))
    return House(
        quiet, zero.per_team(at=at, on=on, quiet=quiet), Counter(owner for owner, _team in tried), Counter(team for _owner, team in tried)
    )


def morning_of(*, worker: Worker, at: datetime, house: House) -> Morning:
    """Return what a colleague is told at a moment. The part about the team comes on the first working day of the week, or when the zero is none."""
    actor = worker_actor(worker, at=at)
    mine = set(actor.membership_ids)
    counts: Counter[str] = Counter()
    for due_at, taken_at, owner, urgency, rest in board(actor=actor).values_list("due_at", "taken_at", "owner_id", "urgency", "look_again_on"):
        if rest and rest > actor.on:
            continue
        day = timezone.localdate(due_at)
        counts["acute"] += urgency == Urgency.ACUTE
        counts["late"] += day < actor.on
        counts["today"] += day == actor.on
        counts["new"] += taken_at is None and owner in mine
        counts["stand_in"] += owner not in mine
    for case in house.quiet:
        if case.owner_id in mine:
            counts["never" if case.ground == Ground.NEVER else "silent"] += 1
    counts["tried"] = sum(house.tried[member] for member in mine)
    counts["brought"] = Escalation.objects.open().filter(to_id__in=mine, rung__gt=0).count()
    return Morning(dict(counts), _teams(actor, house))


def _teams(actor: Actor, house: House) -> list[TeamCounts]:
    if not actor.led_team_ids:
        return []
    told = []
    for team in Team.objects.filter(pk__in=actor.led_team_ids, ended_at__isnull=True).order_by("name", "pk"):
        numbers = house.zero.get(team.pk, {})
        if sum(numbers.values()) or opens_week(on=actor.on):
            told.append(TeamCounts(team.name, team.ref, sum(numbers.values()), {**numbers, **_week(team, house)}))
    return told


def _week(team: Team, house: House) -> dict[str, int]:
    fresh = Commitment.objects.open().filter(team=team, kind=Kind.SIGNAL, taken_at__isnull=True).count()
    silent = sum(case.team_id == team.pk and case.ground == Ground.SILENT for case in house.quiet)
    return {"take": fresh, "silent": silent, "tried": house.tried_teams[team.pk]}

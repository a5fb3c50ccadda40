"""Who hears of what waits too long, and in which turn: owner, substitute, lead, lead's substitute. It warns; a person acts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from nabij.access.models import DutyTurn, Membership, Team
from nabij.commitments.clock import start_of, working_days_after
from nabij.commitments.models import Commitment, Kind

from .limits import LIMITS, Ground, step_of
from .models import Escalation, Rung
from .zero import active, away, flagged, quiet_cases, replaced

PRESSING = list(Ground.values)  # the first one counts when there are several


@dataclass(frozen=True)
class Trouble:
    """One commitment that waits too long: why, and on which day the limit was reached."""

    commitment_id: int
    team_id: int
    owner_id: int | None
    ground: str
    since: date


@dataclass(frozen=True)
class Line:
    """What should stand on the board: this trouble, at this rung, for this person."""

    trouble: Trouble
    rung: int
    to_id: int


def troubles(*, at: datetime) -> list[Trouble]:
    """Return everything that waits too long, each commitment once with its most pressing ground. Six queries at any size."""
    on = timezone.localdate(at)
    found = [*_unanswered_and_absent(at, on), *_quiet(on), *_overdue(at, on)]
    most: dict[int, Trouble] = {}
    for trouble in sorted(found, key=lambda one: PRESSING.index(one.ground)):
        most.setdefault(trouble.commitment_id, trouble)
    return sorted(most.values(), key=lambda one: one.commitment_id)


def _unanswered_and_absent(at: datetime, on: date) -> list[Trouble]:
    rows = flagged(at=at, on=on)
    columns = ("pk", "team_id", "owner_id", "term_at", "due_at", "kind")
    late = rows.filter(zero_unanswered=True).values_list(*columns)
    gone = rows.filter(zero_absent=True).values_list("pk", "team_id", "owner_id")
    since = dict(away(on=on).values_list("membership_id", "from_on"))
    found = [Trouble(pk, team, owner, Ground.UNANSWERED, _passed(term, due, kind, at)) for pk, team, owner, term, due, kind in late]
    return found + [Trouble(pk, team, owner, Ground.ABSENT, since.get(owner, on)) for pk, team, owner in gone]


def _passed(term_at: datetime | None, due_at: datetime | None, kind: str, at: datetime) -> date:
    """Return the day on which the first of the terms that count passed."""
    terms = [term_at, due_at if kind == Kind.SIGNAL else None]
    return timezone.localdate(min(term for term in terms if term and term < at))


def _quiet(on: date) -> list[Trouble]:
    return [Trouble(q.commitment_id, q.team_id, q.owner_id, q.ground, on - timedelta(days=q.over)) for q in quiet_cases(on=on)]


def _overdue(at: datetime, on: date) -> list[Trouble]:
    limit = LIMITS[Ground.OVERDUE]
    rows = Commitment.objects.open().filter(due_at__lt=start_of(on - timedelta(days=limit.days))).exclude(kind=Kind.SIGNAL)
    found = []
    for pk, team, owner, due_at in rows.values_list("pk", "team_id", "owner_id", "due_at"):
        reached = working_days_after(timezone.localdate(due_at), limit.days)
        if reached < on:
            found.append(Trouble(pk, team, owner, Ground.OVERDUE, reached))
    return found


class People:
    """Who is there on a day, who replaces whom and who leads which team: read once for all lines."""

    def __init__(self, *, on: date) -> None:
        self.worker = dict(active(on=on).values_list("pk", "worker_id"))
        self.substitutes: dict[int, list[int]] = {}
        duty = dict(DutyTurn.objects.filter(on=on).values_list("team_id", "membership_id"))
        for member, team, substitute in replaced(on=on).order_by("pk").values_list("membership_id", "membership__team_id", "substitute_id"):
            self.substitutes.setdefault(member, []).append(substitute or duty.get(team, 0))  # nobody named: who is on duty
        self.leads = {pk: (lead, second) for pk, lead, second in Team.objects.values_list("pk", "lead_id", "lead_substitute_id")}
        wanted = {pk for pair in self.leads.values() for pk in pair if pk}
        self.ended = set(Membership.objects.filter(pk__in=wanted, ended_at__isnull=False).values_list("pk", flat=True))

    def chain(self, owner_id: int | None, team_id: int) -> list[tuple[int, int]]:
        """Return who hears of it in turn, each person once; nobody there at all: still the lead, so that the line stands somewhere."""
        lead, second = self.leads.get(team_id, (None, None))
        wanted = [
            (Rung.OWNER, owner_id),
            *((Rung.SUBSTITUTE, substitute) for substitute in self.substitutes.get(owner_id or 0, [])),
            (Rung.LEAD, lead),
            *((Rung.LEAD, substitute) for substitute in self.substitutes.get(lead or 0, []) if lead not in self.worker),
            (Rung.LEAD_SUBSTITUTE, second),
        ]
        chain: dict[int, tuple[int, int]] = {}
        for rung, member in wanted:
            if member in self.worker:
                chain.setdefault(self.worker[member], (int(rung), member))
        left = [(int(Rung.LEAD), member) for member in (lead, second, owner_id) if member and member not in self.ended]
        return list(chain.values()) or left[:1]


def wanted_lines(*, at: datetime) -> list[Line]:
    """Return every line that should stand on the board at a moment: one for each trouble, at the rung its age has reached."""
    on = timezone.localdate(at)
    people, lines = People(on=on), []
    for trouble in troubles(at=at):
        chain = people.chain(trouble.owner_id, trouble.team_id)
        if chain:
            rung, to_id = chain[min(step_of(trouble.ground, trouble.since, on), len(chain) - 1)]
            lines.append(Line(trouble, rung, to_id))
    return lines


def compare(*, lines: list[Line]) -> tuple[list[Line], list[Escalation]]:
    """Return which lines are missing on the board, and which lines there have lost their reason. Lower steps stay as the road so far."""
    standing: dict[tuple[int, str], list[Escalation]] = {}
    for row in Escalation.objects.open().select_related("commitment__team", "commitment__owner").order_by("pk"):
        standing.setdefault((row.commitment_id, row.ground), []).append(row)
    missing, over = [], []
    for line in lines:
        rows = standing.pop((line.trouble.commitment_id, line.trouble.ground), [])
        stays = [row for row in rows if _still_holds(row, line)]
        over += [row for row in rows if row not in stays]
        if not any(row.rung == line.rung for row in stays):
            missing.append(line)
    return missing, over + [row for rows in standing.values() for row in rows]


def _still_holds(row: Escalation, line: Line) -> bool:
    """Tell whether a line that stands is this one or a step on its road; who owns it no longer is no step any more."""
    if row.rung == line.rung:
        return row.to_id == line.to_id
    return row.rung < line.rung and (row.rung != Rung.OWNER or row.to_id == line.trouble.owner_id)

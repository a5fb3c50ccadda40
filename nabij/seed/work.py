"""What is open and what was: cases with goals and activities, signals with decisions, tasks, pauses."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db.models import F

from nabij.casework.models import Activity, Case, CaseDossier, Goal
from nabij.commitments.clock import end_of, is_working_day, working_days_after
from nabij.commitments.models import Commitment, Kind, Pause, Task, Turn
from nabij.signals.models import Decision, Signal

from .bulk import Row, Sheet, Told
from .drawing import PROMISES, QUESTIONS, WORRIES
from .region import Region, Seat

WRITTEN = (Commitment, Case, CaseDossier, Goal, Activity, Task, Pause, Signal, Decision)
TABLES = (*WRITTEN, Turn)
# For each open thing how much there was before it, and what is open, in shares.
CLOSED = 0.8
SHARES = {Kind.CASE: 0.36, Kind.ACTIVITY: 0.38, Kind.TASK: 0.21, Kind.SIGNAL: 0.05}
CLOSED_SHARES = {Kind.CASE: 0.2, Kind.TASK: 0.4, Kind.SIGNAL: 0.4}
PAUSED, UNTAKEN = 0.04, 0.15
WHAT = {Kind.CASE: "Casus: volgende stap", Kind.ACTIVITY: "Actie uit het plan", Kind.TASK: "Te doen", Kind.SIGNAL: "Signaal beoordelen"}
OUTCOMES = {Kind.CASE: "reached", Kind.TASK: "done", Kind.SIGNAL: "answered"}
COMMITMENT = (
    "id", "ref", "municipality_id", "team_id", "dossier_id", "kind", "what", "owner_id", "due_at", "urgency", "taken_at", "postponed",
    "opened_at", "closed_at", "outcome", "turned_by_id", "turned_at",
)  # fmt: skip
AT_ONCE = 20_000


class Work:
    """Draws the work and writes it in batches: first the commitments, then the rows that say what they are."""

    def __init__(self, region: Region, told: Told) -> None:
        self.region, self.draw, self.told, self.next = region, region.draw, told, count(1)
        self.rows: dict[type[Any], list[Row]] = {model: [] for model in WRITTEN}

    def date(self) -> datetime:
        """Draw a next date: most in the coming weeks, a few late."""
        days = -self.draw.rng.randint(1, 9) if self.draw.chance() < 0.06 else self.draw.rng.randint(0, 60)
        day = self.region.today + timedelta(days=days)
        return end_of(day if is_working_day(day) else working_days_after(day, 1))

    def commit(
        self, kind: Kind, dossier: int | None, seat: Seat, *, opened: datetime, due: datetime | None = None, closed: datetime | None = None, taken: bool = True,
    ) -> int:  # fmt: skip
        """Draw one commitment and return its number."""
        number, draw = next(self.next), self.draw
        urgency = 0 if draw.chance() < 0.004 else draw.pick((1, 2, 2))
        place = (number, draw.ref(), seat.municipality, seat.team, dossier, kind.value, WHAT[kind], seat.membership)
        dates = (closed or due or self.date(), urgency, opened if taken else None, draw.pick((0, 0, 0, 1, 2, 4)), opened)
        self.rows[Commitment].append((*place, *dates, closed, OUTCOMES[kind] if closed else "", seat.membership, closed or opened))
        return number

    def flush(self, least: int = AT_ONCE) -> None:
        """Write what was drawn when it is enough."""
        if len(self.rows[Commitment]) < least:
            return
        self.told(len(self.rows[Commitment]))
        for model, sheet in _sheets(self.region).items():
            sheet.write(self.rows[model])
            self.rows[model].clear()


def _sheets(region: Region) -> dict[type[Any], Sheet]:
    today = region.today
    return {
        Commitment: Sheet(Commitment, *COMMITMENT),
        Case: Sheet(Case, "commitment_id", "ref", "question"),
        CaseDossier: Sheet(CaseDossier, "case_id", "dossier_id", "from_on"),
        Goal: Sheet(Goal, "id", "ref", "case_id", "text", agreed_on=today),
        Activity: Sheet(Activity, "commitment_id", "ref", "case_id", "goal_id", "text", "rung", "carrier", "shares_date"),
        Task: Sheet(Task, "commitment_id", "ref", "note"),
        Pause: Sheet(Pause, "ref", "commitment_id", "look_again_on", "from_at", "by_id", reason="Wil eerst zelf proberen.", agreed_with="De inwoner",
                     sooner_if="De huur blijft liggen."),
        Signal: Sheet(Signal, "commitment_id", "ref", "who", "words", "received_at", "recorded_by_id", "done_shown_on", channel="phone", about="person"),
        Decision: Sheet(Decision, "ref", "signal_id", "by_id", "at", kind="answer", reason="Advies gegeven.", feedback="called"),
    }  # fmt: skip


def work(region: Region, told: Told) -> None:
    """Write all work: what was closed in the years, then what is open now. The database itself writes the Turns."""
    made, total = Work(region, told), region.sizes.open_work
    for kind, share in CLOSED_SHARES.items():
        for _number in range(int(total * CLOSED * share)):
            _closed(made, kind)
            made.flush()
    counts = {kind: round(total * share) for kind, share in SHARES.items()}
    counts[Kind.SIGNAL] += total - sum(counts.values())  # what rounding left over
    _open_cases(made, counts)
    for _number in range(counts[Kind.SIGNAL]):
        _open_signal(made)
        made.flush()
    made.flush(least=1)
    _move_some_dates(region)


def _closed(work: Work, kind: Kind) -> None:
    region, draw = work.region, work.draw
    dossier = draw.rng.randint(1, region.sizes.residents)
    seat, opened = region.seat_for(dossier), draw.moment(region.opened_at(dossier), region.now - timedelta(days=5))
    closed = draw.moment(opened + timedelta(hours=1), region.now)
    number = work.commit(kind, dossier, seat, opened=opened, closed=closed)
    if kind == Kind.SIGNAL:
        _signal(work, number, opened, seat)
        work.rows[Decision].append((draw.ref(), number, seat.worker, closed))
    elif kind == Kind.TASK:
        work.rows[Task].append((number, draw.ref(), draw.pick(PROMISES)))
    else:
        _case_rows(work, number, dossier, opened)


def _case_rows(work: Work, number: int, dossier: int, opened: datetime) -> None:
    draw = work.draw
    work.rows[Case].append((number, draw.ref(), draw.pick(QUESTIONS)))
    work.rows[CaseDossier].append((number, dossier, opened.date()))
    work.rows[Goal].append((number, draw.ref(), number, draw.pick(QUESTIONS)))  # a goal has the number of its case


def _signal(work: Work, number: int, at: datetime, seat: Seat) -> None:
    draw = work.draw
    work.rows[Signal].append((number, draw.ref(), "Iemand in de straat", draw.pick(WORRIES), at, seat.membership, (at + timedelta(days=42)).date()))


def _open_cases(work: Work, counts: dict[Kind, int]) -> None:
    """Write a case for every resident who is worked on, each with its share of the activities and tasks."""
    for turn in range(counts[Kind.CASE]):
        dossier = work.region.active[turn % len(work.region.active)]
        seat = work.region.seat_for(dossier)
        case, due = _open_case(work, dossier, seat)
        for kind, one in ((Kind.ACTIVITY, _activity), (Kind.TASK, _task)):
            for _number in range(counts[kind] * (turn + 1) // counts[Kind.CASE] - counts[kind] * turn // counts[Kind.CASE]):
                one(work, dossier, seat, case, due)
        work.flush()


def _since(work: Work, dossier: int) -> datetime:
    region = work.region
    return work.draw.moment(max(region.opened_at(dossier), region.now - timedelta(days=400)), region.now)


def _open_case(work: Work, dossier: int, seat: Seat) -> tuple[int, datetime]:
    draw, region, opened = work.draw, work.region, _since(work, dossier)
    rests_until = region.today + timedelta(days=draw.rng.randint(3, 90)) if draw.chance() < PAUSED else None
    due = end_of(rests_until) if rests_until else work.date()
    number = work.commit(Kind.CASE, dossier, seat, opened=opened, due=due)
    _case_rows(work, number, dossier, opened)
    region.case_of[dossier - 1] = number
    if rests_until:
        work.rows[Pause].append((draw.ref(), number, rests_until, opened, seat.membership))
    return number, due


def _activity(work: Work, dossier: int, seat: Seat, case: int, due: datetime) -> None:
    number = work.commit(Kind.ACTIVITY, dossier, seat, opened=_since(work, dossier), due=due)
    carrier = work.draw.pick(("De inwoner", "De dochter", "Maatje", "Het buurthuis", "Wij"))
    work.rows[Activity].append((number, work.draw.ref(), case, case, work.draw.pick(PROMISES), work.draw.rng.randint(1, 5), carrier, True))


def _task(work: Work, dossier: int, seat: Seat, case: int, due: datetime) -> None:
    number = work.commit(Kind.TASK, dossier, seat, opened=_since(work, dossier))
    work.rows[Task].append((number, work.draw.ref(), work.draw.pick(PROMISES)))


def _open_signal(work: Work) -> None:
    """Draw a signal: taken by somebody, about a resident or not; or new for the team, and then of who is on duty."""
    region, draw = work.region, work.draw
    if draw.chance() < UNTAKEN:
        seat, opened = draw.pick(list(region.duty.values())), draw.moment(region.now - timedelta(days=2), region.now)
        number = work.commit(Kind.SIGNAL, None, seat, opened=opened, taken=False)
    else:
        dossier = draw.rng.randint(1, region.sizes.residents)
        seat, opened = region.seat_for(dossier), draw.moment(region.now - timedelta(days=20), region.now)
        number = work.commit(Kind.SIGNAL, dossier if draw.chance() < 0.5 else None, seat, opened=opened)
    _signal(work, number, opened, seat)


def _move_some_dates(region: Region) -> None:
    """Let some tasks have been put off once, so that there is history to read; the database writes the Turns."""
    rows = Commitment.objects.open().annotate(part=F("pk") % 10).filter(kind=Kind.TASK, part=0)
    rows.update(due_at=F("due_at") + timedelta(days=7), postponed=F("postponed") + 1, turned_at=region.now, version=F("version") + 1)

"""The team board: the zero with the rows behind it, what waits, who is not seen, who is away. No ranking, no figure about how fast a person is."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Team, opened_one
from nabij.commitments.clock import end_of, term_end
from nabij.commitments.models import Commitment, Kind
from nabij.core.errors import Absent
from nabij.desk.kinds import KINDS, KindOf, row_ref
from nabij.upkeep import zero
from nabij.upkeep.limits import Ground
from nabij.upkeep.models import Escalation, Rung

from .rows import who_of

SHOWN, PAGE = 5, 25
TERM_IN_DANGER_DAYS = 7  # own choice: a legal term that ends within a week
TAKE, TERM, LATE, SILENT = "take", "term", "late", "silent"
# The order of the board; a commitment stands once, in the first section that fits.
SECTIONS = (zero.OWNER, zero.DATE, zero.UNANSWERED, zero.ABSENT, zero.NEVER, TERM, TAKE, LATE, SILENT)


@dataclass(frozen=True)
class TeamRow:
    """One line of the board. `brought_to`: the person who hears of it now, by the ladder; `mine`: that is the reader."""

    ref: str
    who: str
    what: str
    of: KindOf
    finish_ref: str
    dossier_id: int | None
    dossier_ref: str
    due_at: datetime | None
    term_at: datetime | None
    opened_at: datetime
    owner: str
    is_new: bool
    may_open: bool
    quiet: zero.Quiet | None
    brought_to: str
    rung: int | None
    mine: bool


@dataclass
class Section:
    """One part of the board: how many in all, the first rows, and where the next ones begin."""

    code: str
    total: int
    rows: list[TeamRow] = field(default_factory=list)
    next_cursor: str = ""


@dataclass
class TeamBoard:
    """The zero, number by number, and the sections that have something in them."""

    numbers: dict[str, int]
    sections: list[Section]

    @property
    def zero(self) -> int:
        return sum(self.numbers.values())

    @property
    def dossier_ids(self) -> list[int]:
        return sorted({row.dossier_id for part in self.sections for row in part.rows if row.dossier_id and row.may_open})


def team_at(*, actor: Actor, ref: str) -> Team:
    """Return a team of which this actor is a member today. Raises Absent."""
    team = Team.objects.select_related("lead__worker", "lead_substitute__worker").filter(ref=ref, pk__in=actor.team_ids).first()
    if team is None:
        raise Absent
    return team


def own_teams(*, actor: Actor) -> list[Team]:
    """Return the teams whose board this actor may read, those they lead first."""
    teams = Team.objects.filter(pk__in=actor.team_ids, ended_at__isnull=True).order_by("name", "pk")
    return sorted(teams, key=lambda team: team.pk not in actor.led_team_ids)


def team_board(*, actor: Actor, team: Team, show: str = "", after: str = "", limit: int = PAGE) -> TeamBoard:
    """Return the board of a team: all sections with their first rows, or one section page by page.

    Seven queries at any length. A row whose dossier is closed to the reader says so, without a name.
    """
    quiet = {case.commitment_id: case for case in zero.quiet_cases(on=actor.on, team_ids=[team.pk])}
    numbers = zero.per_team(at=actor.at, on=actor.on, team_ids=[team.pk], quiet=list(quiet.values()))
    rows = _in_sections(actor, team, quiet)
    sections = [_one(rows, show, after, limit)] if show in SECTIONS else _first_of_each(rows)
    found = _details(actor, [pk for _code, _total, pks, _next in sections for pk in pks], quiet)
    made = [Section(code, total, [found[pk] for pk in pks if pk in found], following) for code, total, pks, following in sections]
    return TeamBoard(numbers.get(team.pk, dict.fromkeys(zero.NUMBERS, 0)), made)


def _in_sections(actor: Actor, team: Team, quiet: dict[int, zero.Quiet]) -> "QuerySet[Commitment]":
    """Return what stands on the board, each row with every section it belongs to (`is_..`) and the first of them (`section`)."""
    grounds = {ground: [pk for pk, case in quiet.items() if case.ground == ground] for ground in (Ground.NEVER, Ground.SILENT)}
    near = end_of(term_end(actor.on, days=TERM_IN_DANGER_DAYS))
    long_late = Escalation.objects.open().filter(commitment=OuterRef("pk"), ground=Ground.OVERDUE)
    belongs = {
        zero.OWNER: Q(zero_owner=True), zero.DATE: Q(zero_date=True), zero.UNANSWERED: Q(zero_unanswered=True), zero.ABSENT: Q(zero_absent=True),
        zero.NEVER: Q(pk__in=grounds[Ground.NEVER]), TERM: Q(term_at__lte=near), TAKE: Q(kind=Kind.SIGNAL, taken_at__isnull=True),
        LATE: Q(Exists(long_late)), SILENT: Q(pk__in=grounds[Ground.SILENT]),
    }  # fmt: skip
    rows = zero.flagged(at=actor.at, on=actor.on).known_to(actor).filter(team=team)
    rows = rows.annotate(**{f"is_{code}": Case(When(rule, then=True), default=False) for code, rule in belongs.items()})
    first = Case(*[When(**{f"is_{code}": True}, then=Value(code)) for code in SECTIONS], default=Value(""))
    return rows.annotate(section=first).exclude(section="")


Part = tuple[str, int, list[int], str]


def _first_of_each(rows: "QuerySet[Commitment]") -> list[Part]:
    """Return of every section how many there are and the first few, in one query."""
    of_section = {"partition_by": [F("section")]}
    ranked = rows.annotate(
        place=Window(RowNumber(), **of_section, order_by=[F("due_at").asc(nulls_first=True), F("pk").asc()]), total=Window(Count("pk"), **of_section)
    ).filter(place__lte=SHOWN)
    parts: dict[str, tuple[int, list[int]]] = {}
    for pk, section, total, _place in ranked.order_by("section", "place").values_list("pk", "section", "total", "place"):
        parts.setdefault(section, (total, []))[1].append(pk)
    return [(code, *parts[code], "") for code in SECTIONS if code in parts]


def _place(after: str) -> tuple[datetime, int] | None:
    """Return the place that an address names; None for the beginning, also when it cannot be read."""
    moment, _sep, number = after.partition("_")
    try:
        return datetime.fromtimestamp(int(moment) / 1_000_000, tz=UTC), int(number)
    except (ValueError, OverflowError, OSError):
        return None


def _one(rows: "QuerySet[Commitment]", show: str, after: str, limit: int) -> Part:
    """Return one page of everything that belongs to a section, also what stands higher on the board."""
    inside = rows.filter(**{f"is_{show}": True}).order_by("due_at", "pk")
    total = inside.count()
    if place := _place(after):
        inside = inside.filter(Q(due_at__gt=place[0]) | Q(due_at=place[0], pk__gt=place[1]))
    page = list(inside.values_list("pk", "due_at")[: limit + 1])
    last = page[limit - 1] if len(page) > limit else None
    following = f"{round(last[1].timestamp() * 1_000_000)}_{last[0]}" if last else ""
    return show, total, [pk for pk, _due in page[:limit]], following


def _details(actor: Actor, pks: list[int], quiet: dict[int, zero.Quiet]) -> dict[int, TeamRow]:
    """Return the rows by key, in one query."""
    lines = Escalation.objects.open().filter(commitment=OuterRef("pk")).order_by("-rung", "-pk")
    own_rows = sorted({of.page_of for of in KINDS.values() if of.page_of})
    rows = Commitment.objects.filter(pk__in=pks).select_related("owner__worker", "dossier__resident", *own_rows)
    rows = rows.annotate(
        may_open=opened_one(actor), rung=Subquery(lines.values("rung")[:1]), to=Subquery(lines.values("to_id")[:1]), to_name=Subquery(lines.values("to__worker__name")[:1])
    )
    return {row.pk: _row(actor, row, quiet.get(row.pk)) for row in rows}


def _row(actor: Actor, row: Commitment, quiet: zero.Quiet | None) -> TeamRow:
    of, may_open = KINDS[row.kind], row.dossier_id is None or row.may_open
    return TeamRow(
        ref=row.ref,
        who=who_of(commitment=row) if may_open else _("A dossier that is closed to you"),
        what=row.what if may_open else str(of.one),
        of=of,
        finish_ref=row_ref(row, of),
        dossier_id=row.dossier_id,
        dossier_ref=row.dossier.ref if row.dossier_id and may_open else "",
        due_at=row.due_at,
        term_at=row.term_at,
        opened_at=row.opened_at,
        owner=row.owner.worker.name if row.owner else "",
        is_new=row.taken_at is None,
        may_open=may_open,
        quiet=quiet,
        brought_to=row.to_name or "",
        rung=Rung(row.rung) if row.rung is not None else None,
        mine=row.to in actor.membership_ids,
    )

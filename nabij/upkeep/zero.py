"""The zero: what may never happen, counted. Exactly one definition of each number; the team board, the sweep, /health and the digests ask here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nabij.access.models import DutyTurn, Membership
from nabij.commitments.clock import end_of
from nabij.commitments.models import Commitment, Kind, Pause, StandIn
from nabij.contacts.models import ContactText
from nabij.contacts.queries import Silence, silences
from nabij.residents.models import Resident

from .limits import LIMITS, Ground

OWNER, DATE, ABSENT, NEVER, UNANSWERED = "owner", "date", "absent", "never", "unanswered"
NUMBERS = {
    OWNER: _("open without anybody who answers for it"),
    DATE: _("open without a next date"),
    ABSENT: _("open, while the colleague who answers for it is not there today"),
    NEVER: _("open for a resident whom nobody has spoken within the limit"),
    UNANSWERED: _("not answered within the term"),
}
NEED_A_MEETING = [Kind.CASE]  # what is only a promise when people really meet


def active(*, on: date) -> "QuerySet[Membership]":
    """Return memberships whose person is there on a day: running, may log in, and not away."""
    running = Membership.objects.on(on).filter(worker__blocked_at__isnull=True, worker__is_active=True)
    return running.exclude(pk__in=away(on=on).values("membership_id"))


def away(*, on: date) -> "QuerySet[StandIn]":
    """Return the absences that run on a day; each names who replaces the colleague, or nobody: then it is the team's queue."""
    return StandIn.objects.running(on)


def replaced(*, on: date) -> "QuerySet[StandIn]":
    """Return the absences of a day in which somebody is really there: the substitute; for the queue who is on duty, the lead or the lead's substitute."""
    there = active(on=on)
    turn = Exists(DutyTurn.objects.filter(team_id=OuterRef("membership__team_id"), on=on, membership__in=there))
    queue = turn | Q(membership__team__lead__in=there) | Q(membership__team__lead_substitute__in=there)
    return away(on=on).filter(Q(substitute__in=there) | (Q(substitute__isnull=True) & queue))


def flagged(*, at: datetime, on: date) -> "QuerySet[Commitment]":
    """Return everything open, each row with the four numbers that its own columns decide: `owner`, `date`, `absent`, `unanswered` (prefix `zero_`).

    Absent: the owner's membership has ended or not begun, is blocked, or away with nobody there who replaces them. Unanswered: the term of the law
    or the agreement has passed; a signal without such a term has the day on which we promised to look.
    """
    here = Exists(active(on=on).filter(pk=OuterRef("owner_id")))
    covered = Exists(replaced(on=on).filter(membership_id=OuterRef("owner_id"), membership__in=_running(on)))
    return Commitment.objects.filter(closed_at__isnull=True).annotate(
        zero_owner=Q(owner__isnull=True),
        zero_date=Q(due_at__isnull=True),
        zero_absent=Q(owner__isnull=False) & ~here & ~covered,
        zero_unanswered=Q(term_at__lt=at) | Q(kind=Kind.SIGNAL, due_at__lt=at),
    )


def _running(on: date) -> "QuerySet[Membership]":
    return Membership.objects.on(on).filter(worker__blocked_at__isnull=True, worker__is_active=True)


@dataclass(frozen=True)
class Quiet:
    """One open case of a resident who is not seen: `ground` never or silent, `over` days past the limit."""

    commitment_id: int
    team_id: int
    owner_id: int | None
    ground: str
    silence: Silence

    @property
    def over(self) -> int:
        return self.silence.days - LIMITS[self.ground].days


def quiet_cases(*, on: date, team_ids: Iterable[int] | None = None) -> list[Quiet]:
    """Return the open cases whose resident was never spoken, or not for too long; the longest first. Three queries for any number.

    Silence is what contacts says it is: days away do not count. Death ends it, a running pause holds it until its date.
    """
    rest = Pause.objects.filter(commitment=OuterRef("pk"), ended_at__isnull=True, look_again_on__gt=on)
    died = Resident.objects.filter(dossier__root=OuterRef("dossier__root"), deceased_on__isnull=False)
    spoken = ContactText.objects.filter(counts=True, dossier__root=OuterRef("dossier__root"))
    recently = spoken.filter(happened_at__gte=_before(on, Ground.SILENT))
    rows = Commitment.objects.open().filter(~Exists(rest), ~Exists(died), ~Exists(recently), kind__in=NEED_A_MEETING, dossier__isnull=False)
    rows = rows.filter(dossier__root__opened_at__lt=_before(on, Ground.NEVER))
    if team_ids is not None:
        rows = rows.filter(team_id__in=list(team_ids))
    found = list(rows.values_list("pk", "team_id", "owner_id", "dossier_id"))
    quiet = silences(dossier_ids={row[3] for row in found}, on=on) if found else {}
    cases = [Quiet(pk, team, owner, _ground(quiet[dossier]), quiet[dossier]) for pk, team, owner, dossier in found]
    return sorted((case for case in cases if case.over > 0), key=lambda case: (-case.over, case.commitment_id))


def _before(on: date, ground: str) -> datetime:
    return end_of(on) - timedelta(days=LIMITS[ground].days)


def _ground(silence: Silence) -> str:
    return Ground.NEVER if silence.never else Ground.SILENT


def per_team(*, at: datetime, on: date, team_ids: Iterable[int] | None = None, quiet: list[Quiet] | None = None) -> dict[int, dict[str, int]]:
    """Return the five numbers of every team that has something open. Four queries for any number of teams; fewer when `quiet` is known already."""
    rows = flagged(at=at, on=on)
    if team_ids is not None:
        rows = rows.filter(team_id__in=list(team_ids))
    own = [OWNER, DATE, ABSENT, UNANSWERED]
    counted = {f"count_{code}": Count("pk", filter=Q(**{f"zero_{code}": True})) for code in own}
    found = rows.order_by().values_list("team_id").annotate(**counted).values_list("team_id", *counted)
    zero: dict[int, dict[str, int]] = {team: dict.fromkeys(NUMBERS, 0) | dict(zip(own, some, strict=True)) for team, *some in found}
    for case in quiet_cases(on=on, team_ids=team_ids) if quiet is None else quiet:
        if case.ground == Ground.NEVER and case.team_id in zero:
            zero[case.team_id][NEVER] += 1
    return zero


def in_all(*, at: datetime, on: date) -> dict[str, int]:
    """Return the five numbers over all teams together."""
    total: dict[str, int] = defaultdict(int, dict.fromkeys(NUMBERS, 0))
    for numbers in per_team(at=at, on=on).values():
        for code, count in numbers.items():
            total[code] += count
    return dict(total)

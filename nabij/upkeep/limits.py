"""How long something may wait before somebody else hears of it. One table, each number with its source, so that a lead can have it corrected."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from nabij.commitments.clock import is_working_day

# A sweep every night: when none ended for this long, a night was missed. Own choice: a day and some slack for a long night.
SWEEP_WITHIN = timedelta(hours=26)
# A sweep that began this long ago and did not end has stopped half-way. Own choice.
SWEEP_TAKES_AT_MOST = timedelta(hours=3)
# A file without a row is thrown away after this time; younger ones may belong to an act that is still being written. Own choice.
LOOSE_FILE_KEPT = timedelta(days=1)
# Mail that came in and is handled by nobody for this long: an import stopped half-way. Own choice.
MAIL_HANDLED_WITHIN = timedelta(hours=1)
# The record of who saw what is kept for five years; then whole sealed ranges of it go, their seals stay.
RECORD_KEPT = timedelta(days=5 * 365 + 2)
# So many attempts in a row without an answer stand on the team board. Own choice.
TRIES_IN_A_ROW = 3


class Ground(models.TextChoices):
    """Why the sweep warns somebody, the most pressing first."""

    UNANSWERED = "unanswered", _("not answered within the term")
    ABSENT = "absent", _("the colleague who answers for it is not there")
    NEVER = "never", _("never spoken")
    SILENT = "silent", _("quiet for too long")
    OVERDUE = "overdue", _("the promised date has long passed")


@dataclass(frozen=True)
class Limit:
    """After how many days it is too long, and how many days each next person then has. `working`: working days, else calendar days."""

    days: int
    grace: int
    working: bool
    source: Any


LIMITS: dict[str, Limit] = {
    # The term itself (law or own promise) stands on the commitment; afterwards everybody has one working day.
    Ground.UNANSWERED: Limit(0, 1, True, _("the term itself; one working day each: own choice")),
    # Whoever is away without a substitute: the next person hears it the same night.
    Ground.ABSENT: Limit(0, 1, True, _("own choice")),
    Ground.NEVER: Limit(14, 5, False, _("own choice: first contact within two weeks")),
    Ground.SILENT: Limit(42, 5, False, _("own choice: contact at least every six weeks")),
    Ground.OVERDUE: Limit(10, 5, True, _("own choice: two working weeks")),
}
LONG_SILENT_DAYS = LIMITS[Ground.SILENT].days


def days_passed(begin: date, end: date, *, working: bool) -> int:
    """Return how many days, or working days, have come after `begin` up to and including `end`."""
    span = max((end - begin).days, 0)
    if not working:
        return span
    weeks, rest = divmod(min(span, 400), 7)
    if weeks > 4:  # long ago: holidays make no difference any more
        return weeks * 5 + min(rest, 5)
    return sum(is_working_day(begin + timedelta(days=n)) for n in range(1, span + 1))


def step_of(ground: str, since: date, on: date) -> int:
    """Return whose turn it is: 0 for the first person, one more each time the grace has passed. The first day after the limit is the first person's."""
    limit = LIMITS[ground]
    return max(days_passed(since, on, working=limit.working) - 1, 0) // limit.grace

"""Did the nightly sweep run? A night without one is an alarm by itself."""

from dataclasses import dataclass, field
from datetime import datetime

from .limits import SWEEP_TAKES_AT_MOST, SWEEP_WITHIN
from .models import SweepRun

OK, NEVER, MISSED, STOPPED = "ok", "never", "missed", "stopped"


@dataclass(frozen=True)
class Night:
    """How it stands with the sweep: `state` ok, never, missed or stopped half-way; the last run that ended; all recent runs, newest first."""

    state: str
    last: SweepRun | None
    runs: list[SweepRun] = field(default_factory=list)

    @property
    def is_alarm(self) -> bool:
        return self.state != OK


def night(*, at: datetime, limit: int = 14) -> Night:
    """Return how it stands with the sweep at a moment, in one query."""
    runs = list(SweepRun.objects.order_by("-began_at", "-pk")[:limit])
    last = next((run for run in runs if run.ended_at and not run.problem), None)
    newest = runs[0] if runs else None
    if newest is None:
        return Night(NEVER, None)
    if newest.problem or (newest.ended_at is None and newest.began_at < at - SWEEP_TAKES_AT_MOST):
        return Night(STOPPED, last, runs)
    if last is None:
        return Night(NEVER, None, runs)
    return Night(MISSED if last.ended_at < at - SWEEP_WITHIN else OK, last, runs)

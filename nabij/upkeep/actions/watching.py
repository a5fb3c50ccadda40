"""What the sweep writes about itself, and the lines it puts on the board and takes away. Only the system does these."""

from datetime import date, datetime
from typing import Any

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.audit.models import Event
from nabij.commitments.models import Commitment
from nabij.upkeep.models import Escalation, SweepRun


@action("upkeep.begin_sweep", allow={}, event=Event.CREATE)
def begin_sweep(*, actor: Actor, at: datetime) -> SweepRun:
    """Write down that a sweep begins, before it does anything: one that stops half-way stays visible."""
    return SweepRun.objects.create(began_at=at)


@action("upkeep.end_sweep", allow={})
def end_sweep(
    *, actor: Actor, at: datetime, run: SweepRun, counts: dict[str, Any] | None = None, zero: dict[str, int] | None = None, problem: str = ""
) -> SweepRun:
    """Write down that a sweep ended, with what it found and repaired, or with the kind of error that stopped it."""
    run.ended_at, run.counts, run.zero, run.problem = at, counts or {}, zero or {}, problem[:80]
    run.save(update_fields=["ended_at", "counts", "zero", "problem"])
    return run


@action("upkeep.escalate", allow={}, on="commitment", event=Event.CREATE)
def escalate(*, actor: Actor, at: datetime, commitment: Commitment, ground: str, rung: int, to_id: int, since: date) -> Escalation:
    """Put a line on the board: this waits too long, and this person hears of it now. Owner and date stay as people chose them."""
    return Escalation.objects.create(commitment=commitment, ground=ground, rung=rung, to_id=to_id, since=since, at=at)


@action("upkeep.resolve", allow={}, on="line")
def resolve_line(*, actor: Actor, at: datetime, line: Escalation) -> Escalation:
    """Take a line from the board whose reason has gone: somebody acted, it was finished, or another person hears of it."""
    line.resolved_at = at
    line.save(update_fields=["resolved_at"])
    return line

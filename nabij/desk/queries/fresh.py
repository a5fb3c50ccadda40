"""What came in for the team and waits for somebody to take it."""

from dataclasses import dataclass
from datetime import datetime

from nabij.access.actor import Actor
from nabij.commitments.queries import to_take
from nabij.core.text import one_line

from .rows import who_of

SHOWN = 6
WORDS = 110


@dataclass(frozen=True)
class Fresh:
    """One new signal, as the side of my day shows it."""

    ref: str
    signal_ref: str
    who: str
    what: str
    urgency: int
    opened_at: datetime
    due_at: datetime
    dossier_id: int | None


def fresh_signals(*, actor: Actor, limit: int = SHOWN) -> list[Fresh]:
    """Return the new signals of the actor's teams that nobody took up yet, the most urgent first; one more than `limit` says there is more."""
    rows = to_take(actor=actor).select_related("signal", "dossier__resident")[: limit + 1]
    return [
        Fresh(
            ref=row.ref,
            signal_ref=signal.ref if (signal := getattr(row, "signal", None)) else "",
            who=who_of(commitment=row),
            what=one_line(signal.words, WORDS) if signal else row.what,
            urgency=row.urgency,
            opened_at=row.opened_at,
            due_at=row.due_at,
            dossier_id=row.dossier_id,
        )
        for row in rows
    ]

"""What came in for the team and waits for somebody to take it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.commitments.models import Commitment
from nabij.commitments.queries import to_take
from nabij.core.text import one_line
from nabij.core.worded import ask
from nabij.residents.models import Name, name_of

SHOWN = 6
WORDS = 110
PATHS = ("ref", "signal__ref", "signal__who", "signal__place", "signal__words", "what", "urgency", "opened_at", "due_at", "dossier_id")
NAMES = tuple(f"dossier__resident__{name}" for name in Name._fields)


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


def fresh_signals(*, actor: Actor) -> list[Fresh]:
    """Return the new signals of the actor's teams that nobody took up yet, the most urgent first; one more than SHOWN says there is more."""
    return [_fresh(*row) for row in ask(_waiting, actor=actor)]


def _waiting(*, actor: Actor) -> "QuerySet[Commitment, tuple[Any, ...]]":
    return to_take(actor=actor).values_list(*PATHS, *NAMES)[: SHOWN + 1]


def _fresh(
    ref: str, signal_ref: str | None, who: str | None, place: str | None, words: str | None, what: str, urgency: int, opened_at: datetime,
    due_at: datetime, dossier_id: int | None, *name: Any,
) -> Fresh:  # fmt: skip
    about = who or place or _("Not known yet")
    if name[0] is not None:
        about = name_of(Name._make(name)) or _("Erased")
    said = what if settings.NEUTRAL_LISTS or not words else one_line(words, WORDS)
    return Fresh(ref, signal_ref or "", about, said, urgency, opened_at, due_at, dossier_id)

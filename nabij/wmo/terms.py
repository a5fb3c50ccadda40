"""The terms of the track in one table, each with its source and when that was read, so that a lawyer can correct a number without a developer.

Terms of law count calendar days; the last day is never in a weekend, on Good Friday or a holiday (Algemene termijnenwet art. 1 and 3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nabij.access.terms import TERMS
from nabij.commitments.clock import term_end

READ = "text of 2014-2015"


@dataclass(frozen=True)
class Term:
    """One term: how many calendar days, from which article, in which edition of the law it was read."""

    days: int
    source: str
    read: str = READ


PLAN, INQUIRY, DECISION = (Term(TERMS[key].days, TERMS[key].source) for key in ("wmo_plan", "wmo_inquiry", "wmo_decision"))
# Suspending: the person is asked for something or agrees to wait (Awb art. 4:15). Extending: once more, with a reasonable new date (Awb art. 4:14).
SUSPEND_SOURCE, EXTEND_SOURCE = "Awb art. 4:15", "Awb art. 4:14"
# Wmo 2015 art. 5.3.4: fifteen years from the last change.
KEPT_DAYS = 15 * 365 + 4


@dataclass(frozen=True)
class Span:
    """Days that move a term: a suspension stands still from a day until (not including) another; an extension adds its days at the end."""

    extends: bool
    from_on: date
    until_on: date

    @property
    def days(self) -> int:
        return max((self.until_on - self.from_on).days, 0)


def still_days(spans: Iterable[Span]) -> int:
    """Return how many days the term stood still; days in two suspensions count once."""
    total, reached = 0, date.min
    for span in sorted((s for s in spans if not s.extends), key=lambda s: s.from_on):
        begin = max(span.from_on, reached)
        total += max((span.until_on - begin).days, 0)
        reached = max(reached, span.until_on)
    return total


def moved_end(*, start: date, term: Term, spans: Iterable[Span] = ()) -> date:
    """Return the last day of a term that began on a day, moved by what was suspended and extended. It only ever moves later."""
    moving = list(spans)
    more = still_days(moving) + sum(span.days for span in moving if span.extends)
    return term_end(start + timedelta(days=more), days=term.days)

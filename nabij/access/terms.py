"""The terms on which the municipalities of a region may agree: what Nabij ships, by which law or promise, and how far an agreement may go.

A region may be quicker than the law, never slower; where the law gives the resident time, an agreement may give more, never less. An
agreement holds for what begins afterwards: a term that runs keeps the day that was promised.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    """One term as Nabij ships it. `working`: in working days, else calendar days; `least` and `most`: how far an agreement may go, both included."""

    name: Any
    days: int
    working: bool
    least: int
    most: int
    source: Any
    by_law: bool


OWN = _("own promise")
TERMS: dict[str, Term] = {
    "wmo_confirm": Term(_("Confirm a Wmo report and mention client support"), 2, True, 1, 10, OWN, False),
    "wmo_plan": Term(_("The resident may hand in a plan of their own"), 7, False, 7, 42, "Wmo 2015 art. 2.3.2 lid 2", True),
    "wmo_inquiry": Term(_("The Wmo inquiry with its written result"), 42, False, 7, 42, "Wmo 2015 art. 2.3.2 lid 1", True),
    "wmo_decision": Term(_("The decision after a Wmo request"), 14, False, 1, 14, "Wmo 2015 art. 2.3.5 lid 2", True),
    "debt_talk": Term(_("The first talk about arrears"), 28, False, 1, 28, "Wgs art. 4 lid 1", True),
    "debt_threat": Term(_("The first talk when something is about to be cut off"), 3, True, 1, 3, "Wgs art. 4 lid 2", True),
    "signal_soon": Term(_("Somebody looks at a signal that is urgent"), 1, True, 0, 5, OWN, False),
    "signal_normal": Term(_("Somebody looks at any other signal"), 2, True, 1, 10, OWN, False),
    "signal_done": Term(_("The reporter's status page says: done on our side"), 10, True, 5, 30, OWN, False),
    "signal_call": Term(_("A reporter who can only be called is called"), 2, True, 1, 10, OWN, False),
}


@dataclass(frozen=True)
class Agreed:
    """One term as it holds somewhere: how many days, by which source, agreed on which day (None: as shipped)."""

    key: str
    term: Term
    days: int
    source: str
    agreed_on: date | None = None


def agreed_terms(kept: dict[str, Any]) -> tuple[Agreed, ...]:
    """Return every term, with what a region keeps about it: `{key: {days, source, agreed_on}}`. Pure."""
    return tuple(_agreed(key, term, kept.get(key)) for key, term in TERMS.items())


def _agreed(key: str, term: Term, row: dict[str, Any] | None) -> Agreed:
    if not row:
        return Agreed(key, term, term.days, str(term.source))
    return Agreed(key, term, row["days"], row["source"], date.fromisoformat(row["agreed_on"]))

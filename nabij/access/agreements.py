"""What the municipalities of a region agreed on: life domains, the words of the steps and of the ladder, terms. One list is shipped; a region makes it its own.

The words are our own, not those of a protected instrument. A key never changes, so that an old score keeps its domain.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Municipality, Region
from .terms import Agreed, agreed_terms

DOMAINS = {
    "money": gettext_lazy("Money"),
    "work": gettext_lazy("Work and a full day"),
    "housing": gettext_lazy("Housing"),
    "home": gettext_lazy("Together at home"),
    "mind": gettext_lazy("Mental health"),
    "body": gettext_lazy("Physical health"),
    "addiction": gettext_lazy("Addiction"),
    "daily": gettext_lazy("Daily living"),
    "people": gettext_lazy("People close by"),
    "taking_part": gettext_lazy("Taking part"),
    "safety": gettext_lazy("Law and safety"),
    "upbringing": gettext_lazy("Bringing up children"),
}
STEPS = (
    gettext_lazy("It cannot go on like this"),
    gettext_lazy("Only with much help"),
    gettext_lazy("Up and down"),
    gettext_lazy("Mostly manages"),
    gettext_lazy("Manages alone"),
)
# Who helps (Wmo 2015 art. 2.3.5 lists them): beside each other, not a queue. Towards residents no word of the profession.
RUNGS = (
    gettext_lazy("Self"),
    gettext_lazy("People around you"),
    gettext_lazy("Volunteers and neighbourhood"),
    gettext_lazy("Help for everybody"),
    gettext_lazy("Help with a decision"),
)
ACUTE = 1  # the lowest step: it asks for a goal


@dataclass(frozen=True)
class Domain:
    """One life domain as this region calls it. `used` False: not asked any more, old scores stay."""

    key: str
    name: str
    used: bool = True


@dataclass(frozen=True)
class RungWords:
    """What colleagues call a rung of the ladder, and what stands in letters and on pages for residents.

    What ships is put in words where it is shown: a plan is read once, and its letter may be in another language.
    """

    staff: Any
    resident: Any


def rung_words(ladder: dict[str, Any] | None) -> tuple[RungWords, ...]:
    """Return the words of the five rungs, lowest first, with what a region keeps of its own. Pure."""
    kept = (ladder or {}).get("words") or [{}] * len(RUNGS)
    return tuple(RungWords(row.get("staff") or word, row.get("resident") or word) for row, word in zip(kept, RUNGS, strict=True))


@dataclass(frozen=True)
class Agreements:
    """What holds for one municipality. `region` None: what Nabij ships."""

    region: Region | None
    domains: tuple[Domain, ...]
    steps: tuple[str, ...]

    @property
    def used(self) -> list[Domain]:
        """Return the domains that are asked, in their order."""
        return [domain for domain in self.domains if domain.used]

    def name(self, key: str) -> str:
        """Return what a domain is called; one that nobody here knows keeps a name too."""
        return next((domain.name for domain in self.domains if domain.key == key), _("Another domain"))

    @property
    def rungs(self) -> tuple[RungWords, ...]:
        """Return the words of the ladder, the lowest rung first."""
        return rung_words(self.region.ladder if self.region else None)

    @property
    def rung_choices(self) -> list[tuple[int, str]]:
        """Return the rungs as a colleague chooses from them."""
        return [(number, words.staff) for number, words in enumerate(self.rungs, 1)]

    def rung(self, number: int) -> RungWords:
        """Return the words of one rung: 1 to 5."""
        return self.rungs[number - 1]

    @property
    def terms(self) -> tuple[Agreed, ...]:
        """Return every term with how many days it has here, by which source and since when."""
        return agreed_terms(self.region.terms if self.region else {})

    def days(self, key: str) -> int:
        """Return how many days a term has here: working days or calendar days, as the term itself says."""
        return next(agreed.days for agreed in self.terms if agreed.key == key)

    def step(self, number: int | None) -> str:
        """Return a step in words: `2. Only with much help`; nothing for no score."""
        return f"{number}. {self.steps[number - 1]}" if number else ""


def agreements_of(*, municipality: Municipality) -> Agreements:
    """Return what holds in a municipality. No query when its region was fetched along."""
    return agreements_in(region=municipality.region)


def agreements_in(*, region: Region | None) -> Agreements:
    """Return the agreements of a region; what it left empty is what Nabij ships."""
    rows = region.domains if region else []
    own = tuple(Domain(row["key"], row["name"] or str(DOMAINS.get(row["key"], "")), row["used"]) for row in rows)
    known = {domain.key for domain in own}
    shipped = tuple(Domain(key, str(name), not own) for key, name in DOMAINS.items() if key not in known)
    words = region.steps if region else []
    steps = tuple(given or str(word) for given, word in zip(words or [""] * len(STEPS), STEPS, strict=True))
    return Agreements(region, own + shipped, steps)

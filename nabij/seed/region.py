"""The region being made: who works where, and the few facts about each dossier that later rows hang on."""

from array import array
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from .drawing import Draw
from .sizes import YEARS, Sizes


@dataclass(frozen=True)
class Seat:
    """A paid membership: what the record of reads and writes needs to know about it."""

    membership: int
    worker: int
    role: str
    team: int
    municipality: int
    organisation: str


@dataclass
class Region:
    """Numbers, chance and what was made so far. Per dossier only numbers are kept, so that memory stays small."""

    sizes: Sizes
    draw: Draw
    now: datetime
    password: str
    # by team number, from 1: its paid seats, its municipality, its controller, its postcodes
    seats: dict[int, list[Seat]] = field(default_factory=dict)
    homes: dict[int, tuple[int, int]] = field(default_factory=dict)
    postcodes: dict[int, tuple[str, int, str]] = field(default_factory=dict)
    duty: dict[int, Seat] = field(default_factory=dict)  # who takes now what comes in
    # by dossier number - 1: team, the case that is open (0: none), the named worker of a restricted one (0: ordinary)
    team_of: array = field(default_factory=lambda: array("i"))
    case_of: array = field(default_factory=lambda: array("q"))
    named: array = field(default_factory=lambda: array("i"))
    active: array = field(default_factory=lambda: array("q"))  # numbers of the dossiers that are worked on

    @property
    def begin(self) -> datetime:
        return self.now - timedelta(days=365 * YEARS)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def opened_at(self, dossier: int) -> datetime:
        """Return when a dossier was opened: they came one after the other, the last ones a month ago."""
        span = (self.now - timedelta(days=30) - self.begin).total_seconds()
        return self.begin + timedelta(seconds=int(span * dossier / self.sizes.residents))

    def known_at(self, share: float) -> int:
        """Return how many dossiers there were when this share of the years had passed, at least one."""
        return max(1, int(self.sizes.residents * min(share * 1.02, 1)))

    def seat_for(self, dossier: int) -> Seat:
        """Draw who works with this resident: a colleague of the team; the named one where it is restricted."""
        seats, named = self.seats[self.team_of[dossier - 1]], self.named[dossier - 1]
        return next((seat for seat in seats if seat.worker == named), None) or self.draw.pick(seats)

"""Time in the demonstration: what happens at which moment, in order, until now."""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor, public_actor, system_actor, worker_actor
from nabij.access.models import Dossier, Membership
from nabij.casework.models import Case
from nabij.commitments.clock import is_working_day, start_of, working_days_after
from nabij.core.errors import Absent, Refused

from .people import Person
from .telling import Story, Teller
from .town import Post, Town


@dataclass
class Life:
    """One resident of the demonstration, as far as the days need to remember."""

    post: Post
    person: Person
    story: Story
    dossier: Dossier | None = None
    case: Case | None = None
    owner: Membership | None = None
    goals: list[Any] = field(default_factory=list)
    tries: int = 0
    planned: bool = False
    resting: bool = False
    closed: bool = False  # for one or more colleagues of the team
    had: set[str] = field(default_factory=set)  # which rare things

    @property
    def is_helped(self) -> bool:
        """Tell whether a case is running, as far as was noted here."""
        return bool(self.case and self.case.commitment.is_open)


Happening = Callable[..., None]


class World:
    """The municipality while its history is being made. Moments after `now` never happen: that is what is still open today."""

    def __init__(self, *, town: Town, rng: Random, now: datetime) -> None:
        self.town, self.rng, self.now = town, rng, now
        self.tell = Teller(rng)
        self.lives: list[Life] = []
        self.done: Counter[str] = Counter()
        self._moments: list[tuple[datetime, int, Happening, tuple[Any, ...]]] = []
        self._numbers = itertools.count()
        self._actors: dict[int, Actor] = {}

    # --- moments

    def plan(self, at: datetime, happening: Happening, *what: Any) -> None:
        """Let something happen at a moment, unless that is still to come."""
        if at <= self.now:
            heapq.heappush(self._moments, (at, next(self._numbers), happening, what))

    def run(self, *, each: Callable[[], None]) -> None:
        """Let everything happen in order. What is refused did not happen; it is counted, and the good number is 0."""
        while self._moments:
            at, _number, happening, what = heapq.heappop(self._moments)
            try:
                happening(self, at, *what)
            except (Refused, Absent):
                self.done["refused"] += 1
            each()

    @property
    def waiting(self) -> int:
        return len(self._moments)

    @property
    def summary(self) -> str:
        """Return what was made, in one sentence."""
        counts = {name: self.done[name] for name in ("signals", "cases", "contacts")} | {"residents": len(self.lives)}
        words = _("Made: %(residents)d residents, %(signals)d signals, %(cases)d cases, %(contacts)d contacts.")
        return words % counts

    def chance(self, share: float) -> bool:
        """Tell whether something with this chance happens."""
        return self.rng.random() < share

    def work_time(self, day: date) -> datetime:
        """Return a moment within the working hours of a day."""
        return start_of(day) + timedelta(minutes=self.rng.randint(8 * 60 + 40, 16 * 60 + 40))

    def later(self, at: datetime, least: int, most: int) -> datetime:
        """Return a working moment so many working days later; 0 is the same day when there is time left."""
        days = self.rng.randint(least, most)
        today = timezone.localdate(at)
        if days == 0:
            soon = at + timedelta(minutes=self.rng.randint(15, 110))
            if is_working_day(today) and start_of(today) + timedelta(hours=8) < soon < start_of(today) + timedelta(
                hours=17
            ):
                return soon
            days = 1
        return self.work_time(working_days_after(today, days))

    # --- people

    def actor(self, membership: Membership, at: datetime) -> Actor:
        """Return somebody at work at a moment. Nobody left or came in these weeks, so their seats are read once."""
        known = self._actors.get(membership.worker_id)
        if known is None:
            known = self._actors[membership.worker_id] = worker_actor(membership.worker, at=self.now)
        return replace(known, at=at, seen=set())

    def system(self, at: datetime) -> Actor:
        """Return Nabij itself."""
        return system_actor(at=at)

    def public(self, at: datetime) -> Actor:
        """Return somebody without an account."""
        return public_actor(at=at)

    def post(self) -> Post:
        """Draw a quarter or village, the larger ones more often."""
        return self.rng.choices(self.town.quarters, [post.share for post in self.town.quarters])[0]

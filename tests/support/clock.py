"""A clock that tests can put on another moment; it goes on ticking."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock:
    """`clock.to(moment)` or `clock.forward(days=3)`; a date means nine in the morning in Amsterdam."""

    def __init__(self) -> None:
        self._travel: time_machine.travel | None = None

    def to(self, moment: date | datetime) -> datetime:
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(9), AMSTERDAM)
        self.stop()
        self._travel = time_machine.travel(moment, tick=True)
        self._travel.start()
        return moment

    def forward(self, **span: float) -> datetime:
        return self.to(datetime.now(AMSTERDAM) + timedelta(**span))

    def stop(self) -> None:
        if self._travel:
            self._travel.stop()
            self._travel = None


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock for this test only."""
    clock = Clock()
    yield clock
    clock.stop()

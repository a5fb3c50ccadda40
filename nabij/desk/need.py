"""In which order people are needed. The bands of my day, and the two limits behind them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from nabij.commitments.clock import start_of
from nabij.commitments.models import Urgency
from nabij.contacts.queries import Silence
from nabij.upkeep.limits import LONG_SILENT_DAYS

# The order of need: what is acute, who was never spoken, what is late or due, who has gone quiet, what is coming.
# Nobody disappears (promise 3): who was never spoken follows right after the acute, whatever else is late.
BANDS = ("now", "never", "late", "today", "silent", "soon", "later")
TERM_NEAR_DAYS = 1  # a legal term that ends today or tomorrow is acute
SOON_DAYS = 7


class Line(NamedTuple):
    """The few columns of an open commitment by which its place in the list is decided."""

    pk: int
    dossier_id: int | None
    root_id: int | None
    kind: str
    owner_id: int
    urgency: int
    due_at: datetime
    term_at: datetime | None
    look_again_on: date | None
    deceased_on: date | None = None

    def is_resting(self, on: date) -> bool:
        """Return whether nothing is done here on purpose, until a later day."""
        return self.look_again_on is not None and self.look_again_on > on


@dataclass
class Group:
    """What is due for one resident: the most pressing line and the rest."""

    key: "Key"
    head: Line
    rest: list[Line]
    silence: Silence | None

    @property
    def band(self) -> str:
        return BANDS[self.key[0]]


class Today:
    """A day with its edges as moments, so that no line of a long list has to be brought to local time by itself."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.begins, self.ends = start_of(on), start_of(on + timedelta(1))
        self.term_ends, self.soon_ends = start_of(on + timedelta(TERM_NEAR_DAYS + 1)), start_of(on + timedelta(SOON_DAYS + 1))


def band_of(line: Line, silence: Silence | None, today: Today) -> str:
    """Return in which band a line belongs on a day."""
    if line.is_resting(today.on):
        return "later"
    due = line.due_at
    if line.urgency == Urgency.ACUTE or (line.term_at and line.term_at < today.term_ends):
        return "now"
    quiet = silence if silence and silence.days > 0 and line.deceased_on is None else None  # death ends silence decently
    if quiet and quiet.never:
        return "never"
    if due < today.ends:
        return "late" if due < today.begins else "today"
    if quiet and quiet.days > LONG_SILENT_DAYS:
        return "silent"
    return "soon" if due < today.soon_ends else "later"


Key = tuple[int, float, int]


def key_of(line: Line, band: str) -> Key:
    """Return the place of a line in the list: band, date, number."""
    return BANDS.index(band), line.due_at.timestamp(), line.pk


def to_cursor(key: Key) -> str:
    """Return a place in the list as it stands in an address."""
    return f"{key[0]}_{key[1]:.6f}_{key[2]}"


def from_cursor(text: str) -> Key | None:
    """Return the place that an address names; None for the beginning, also when it cannot be read."""
    parts = text.split("_")
    try:
        return int(parts[0]), float(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        return None

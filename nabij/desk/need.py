"""In which order people are needed. The bands of my day, and the two limits behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from nabij.commitments.clock import start_of
from nabij.commitments.models import Urgency
from nabij.contacts.queries import Silence
from nabij.upkeep.limits import LONG_SILENT_DAYS

# The order of need: what is acute, who was never spoken, what is late or due, who has gone quiet, what is coming.
# Nobody disappears (promise 3): who was never spoken follows right after the acute, whatever else is late.
BANDS = ("now", "never", "late", "today", "silent", "soon", "later")
PLACES = {band: place for place, band in enumerate(BANDS)}
TERM_NEAR_DAYS = 1  # a legal term that ends today or tomorrow is acute
SOON_DAYS = 7


class Line(NamedTuple):
    """The few columns of an open commitment by which its place in the list is decided.

    Of hundreds of lines few are shown: days and moments are as the database keeps them, to be compared and sorted and nothing else.
    """

    pk: int
    dossier_id: int | None
    root_id: int | None
    kind: str
    owner_id: int
    urgency: int
    due_at: Any
    term_at: Any
    look_again_on: Any
    died_on: Any = None


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


def _as_it_is(value: date | datetime) -> Any:
    return value


class Today:
    """A day with its edges as moments, so that no line of a long list has to be brought to local time by itself.

    `kept`: what makes a day or a moment comparable with those of the lines.
    """

    def __init__(self, on: date, kept: Callable[[date | datetime], Any] = _as_it_is) -> None:
        self.on = kept(on)
        self.begins, self.ends = kept(start_of(on)), kept(start_of(on + timedelta(1)))
        self.term_ends, self.soon_ends = kept(start_of(on + timedelta(TERM_NEAR_DAYS + 1))), kept(start_of(on + timedelta(SOON_DAYS + 1)))


def band_of(line: Line, silence: Silence | None, today: Today) -> str:
    """Return in which band a line belongs on a day."""
    if line.term_at and line.term_at < today.term_ends:
        return "now"  # also while it rests: a term of law does not wait because we do
    if line.look_again_on is not None and line.look_again_on > today.on:
        return "later"  # nothing is done here on purpose, until a later day
    due = line.due_at
    if line.urgency == Urgency.ACUTE:
        return "now"
    quiet = silence if silence and silence.days > 0 and line.died_on is None else None  # death ends silence decently
    if quiet and quiet.never:
        return "never"
    if due < today.ends:
        return "late" if due < today.begins else "today"
    if quiet and quiet.days > LONG_SILENT_DAYS:
        return "silent"
    return "soon" if due < today.soon_ends else "later"


Key = tuple[int, Any, int]


def key_of(line: Line, band: str) -> Key:
    """Return the place of a line in the list: band, date, number."""
    return PLACES[band], line.due_at, line.pk


def to_cursor(key: Key) -> str:
    """Return a place in the list, its date as a moment, as it stands in an address."""
    return f"{key[0]}_{key[1].timestamp():.6f}_{key[2]}"


def from_cursor(text: str, kept: Callable[[date | datetime], Any] = _as_it_is) -> Key | None:
    """Return the place that an address names; None for the beginning, also when it cannot be read."""
    parts = text.split("_")
    try:
        return int(parts[0]), kept(datetime.fromtimestamp(float(parts[1]), UTC)), int(parts[2])
    except (ValueError, IndexError, OverflowError, OSError):
        return None

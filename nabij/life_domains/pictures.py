"""Small pictures of life domains over time: one for each domain, all on the same time, the worker's line beside the resident's.

The lines differ in form as well as colour: the worker's is whole with round points, the resident's is dashed with square ones. Nothing is
added up and no line says what comes next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

WIDTH, HEIGHT = 160, 100
LEFT, RIGHT, TOP, BOTTOM = 16, 152, 10, 78
STEPS = 5
APART = 3  # two points on one step stand a little beside each other


@dataclass(frozen=True)
class Point:
    """One score in the picture."""

    x: float
    y: float
    step: int
    on: date


@dataclass
class Picture:
    """One domain over time. `worker`, `resident`: their points, oldest first."""

    key: str
    name: str
    worker: list[Point] = field(default_factory=list)
    resident: list[Point] = field(default_factory=list)
    first: date | None = None
    last: date | None = None

    width, height, left, right, bottom = WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM

    @property
    def begin(self) -> str:
        """Return the month in which the pictures begin."""
        return _month(self.first)

    @property
    def end(self) -> str:
        """Return the month in which they end; nothing when that is the same one."""
        return "" if _month(self.last) == _month(self.first) else _month(self.last)

    @property
    def lines(self) -> list[tuple[int, float]]:
        """Return the five steps with their heights, the highest first."""
        return [(step, height_of(step)) for step in range(STEPS, 0, -1)]


def height_of(step: int) -> float:
    """Return how high a step stands: 5 on top."""
    return round(BOTTOM - (step - 1) * (BOTTOM - TOP) / (STEPS - 1), 1)


def path_of(points: Sequence[Point]) -> str:
    """Return the points as an SVG polyline wants them."""
    return " ".join(f"{point.x},{point.y}" for point in points)


def small_multiples(names: dict[str, str], scores: Sequence[Any]) -> list[Picture]:
    """Return a picture for each domain of `names` that was scored, in that order. `scores`: rows with `on`, `domain` and both steps, oldest first."""
    days = [score.on for score in scores if score.worker_step or score.resident_step]
    if not days:
        return []
    first, last = min(days), max(days)
    pictures = {key: Picture(key, name, first=first, last=last) for key, name in names.items()}
    for score in scores:
        picture, x = pictures.get(score.domain), _place(score.on, first, last)
        if picture is None:
            continue
        beside = APART if score.worker_step and score.worker_step == score.resident_step else 0
        if score.worker_step:
            picture.worker.append(Point(x, height_of(score.worker_step) - beside, score.worker_step, score.on))
        if score.resident_step:
            picture.resident.append(Point(x, height_of(score.resident_step) + beside, score.resident_step, score.on))
    return [picture for picture in pictures.values() if picture.worker or picture.resident]


def _month(day: date | None) -> str:
    return date_format(day, "M Y").lower() if day else ""


def _place(on: date, first: date, last: date) -> float:
    span = (last - first).days
    share = (on - first).days / span if span else 0.5
    return round(LEFT + 6 + share * (RIGHT - LEFT - 12), 1)

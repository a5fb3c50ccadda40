"""The network map: where everybody stands in the picture. Pure and deterministic: the same people always stand in the same places.

Rings by closeness, professionals outside them. Everybody has a number; a name is written beside it where there is room, so that no two
words or people ever overlap. The list beside the picture says the same in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import asin, cos, pi, radians, sin
from operator import itemgetter
from typing import Any

SIZE = 400
CENTRE = SIZE / 2
HUB = 27  # the resident
OUTER = 158  # the outermost ring; whoever is paid to come stands beyond it
BEYOND = 181
MOST = 40  # more than this is no picture any more; the rest stands in the list
RADII = (13, 12, 11, 10, 9, 8, 7)
BAND, EMPTY_BAND, PADDING, GAP = 34, 26, 5, 3
TEXT, LINE, EDGE = 12.5, 15, 3
FULL, SHORT = 18, 9  # letters of a name
STARTS = {1: -35, 2: -80, 3: -10, None: -58}  # degrees: neighbours in two rings seldom stand in one line
FANNED, FIRST = 20, -62
NARROW, WIDE = set("iljtfrI.,'-() "), set("mwMW@%")


@dataclass(frozen=True)
class Box:
    """A rectangle in the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Tell whether two rectangles share any room."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    @property
    def is_inside(self) -> bool:
        """Tell whether it lies within the picture."""
        return min(self.left, self.top) >= 0 and max(self.right, self.bottom) <= SIZE


@dataclass(frozen=True)
class Label:
    """A name beside a number."""

    text: str
    x: float
    y: float
    anchor: str
    box: Box


@dataclass
class Spot:
    """One person in the picture."""

    number: int
    tie: Any
    x: float
    y: float
    radius: float
    label: Label | None = None

    @property
    def box(self) -> Box:
        """Return the room this person takes."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    @property
    def line(self) -> tuple[float, float, float, float]:
        """Return the line from the resident to this person, edge to edge."""
        dx, dy = self.x - CENTRE, self.y - CENTRE
        far = (dx * dx + dy * dy) ** 0.5
        near, end = HUB / far, (far - self.radius) / far
        return tuple(round(v, 1) for v in (CENTRE + dx * near, CENTRE + dy * near, CENTRE + dx * end, CENTRE + dy * end))  # type: ignore[return-value]


@dataclass
class Drawing:
    """The whole picture. `rings`: three radii; `left_over`: how many stand only in the list."""

    rings: list[float]
    spots: list[Spot] = field(default_factory=list)
    left_over: int = 0
    size: int = SIZE
    centre: float = CENTRE
    hub: int = HUB


def draw(ties: Sequence[Any]) -> Drawing:
    """Give everybody a place; each tie has `ring`, `name`. Numbers follow the order of the list."""
    shown = list(enumerate(ties[:MOST], 1))
    by_ring = {ring: [(n, tie) for n, tie in shown if tie.ring == ring] for ring in (1, 2, 3, None)}
    radius, bands, rings = _plan({ring: len(people) for ring, people in by_ring.items()})
    drawing = Drawing(rings, left_over=max(0, len(ties) - MOST))
    drawing.spots = _fan_out(by_ring, bands, radius) or [
        spot for ring, people in by_ring.items() for spot in _stand(people, bands[ring], radius, STARTS[ring])
    ]
    _write_names(drawing.spots)
    return drawing


def _room_on(circle: float, radius: float) -> int:
    """Return how many people of this size fit side by side on a circle."""
    return int(pi / asin((radius + GAP / 2) / circle))


def _rows(count: int, inner: float, radius: float) -> list[float]:
    """Return the circles on which so many people stand, from the inner edge of their band outwards."""
    rows, room, circle = [], 0, inner + PADDING / 2 + radius + GAP / 2
    while room < count or not rows:
        rows.append(circle)
        room += _room_on(circle, radius)
        circle += 2 * radius + GAP
    return rows


def _plan(counts: dict[int | None, int]) -> tuple[float, dict[int | None, list[float]], list[float]]:
    """Return the largest size at which everybody fits, the circles of each band, and the edges of the rings."""
    for radius in RADII:
        bands, edges, edge = {None: [float(BEYOND)]}, [], float(HUB)
        for ring in (1, 2, 3):
            bands[ring] = _rows(counts[ring], edge, radius)
            edge += max(len(bands[ring]) * (2 * radius + GAP) + PADDING, BAND) if counts[ring] else EMPTY_BAND
            edges.append(edge)
        if edge <= OUTER and counts[None] <= _room_on(BEYOND, radius):
            break
    slack = max(0.0, OUTER - edge) / 3  # what is left over makes every band wider
    for ring in (1, 2, 3):
        width = edges[ring - 1] - [float(HUB), *edges][ring - 1] + slack
        used = len(bands[ring]) * (2 * radius + GAP)
        shift = slack * (ring - 1) + (width - used) / 2 - PADDING / 2
        bands[ring] = [circle + shift for circle in bands[ring]]
    return radius, bands, [round(edge + slack * (n + 1), 1) for n, edge in enumerate(edges)]


def _fan_out(by_ring: dict[int | None, list[tuple[int, Any]]], bands: dict[int | None, list[float]], radius: float) -> list[Spot]:
    """Give everybody a direction of their own, so that no line runs behind somebody else; empty when there are too many for that."""
    # the rings take turns, each spread evenly over the whole circle
    turns = [(((place + 0.5) / len(people), ring or 4), ring, person) for ring, people in by_ring.items() for place, person in enumerate(people)]
    turns.sort(key=itemgetter(0))
    if len(turns) > FANNED or any(len(bands[ring]) > 1 for ring in by_ring):
        return []
    spots = [_spot(person, bands[ring][0], FIRST + 360 * slot / len(turns), radius) for slot, (_order, ring, person) in enumerate(turns)]
    near = (2 * radius + GAP) ** 2
    crowded = any((a.x - b.x) ** 2 + (a.y - b.y) ** 2 < near for a, b in combinations(spots, 2))
    return [] if crowded else sorted(spots, key=lambda spot: spot.number)


def _spot(person: tuple[int, Any], circle: float, degrees: float, radius: float) -> Spot:
    number, tie = person
    angle = radians(degrees)
    return Spot(number, tie, round(CENTRE + circle * cos(angle), 1), round(CENTRE + circle * sin(angle), 1), radius)


def _stand(people: list[tuple[int, Any]], circles: list[float], radius: float, start: float) -> list[Spot]:
    """Spread people evenly over the circles of their band."""
    room = [_room_on(circle, radius) for circle in circles]
    spots, rest = [], list(people)
    for row, circle in enumerate(circles):
        share = min(room[row], -(-len(rest) * room[row] // sum(room[row:])))
        here, rest = rest[:share], rest[share:]
        turn = 360 / max(1, len(here))
        spots += [_spot(person, circle, start + row * turn / 2 + place * turn, radius) for place, person in enumerate(here)]
    return spots


def width_of(text: str) -> float:
    """Return how wide a name is at most in the usual fonts; rather too wide than too narrow."""
    letters = sum(0.42 if c in NARROW else 0.98 if c in WIDE else 0.76 if c.isupper() or not c.isascii() else 0.62 for c in text)
    return TEXT * letters


def short(name: str, most: int) -> str:
    """Return the first words of a name, at most so many letters."""
    if len(name) <= most:
        return name
    cut = name[:most].rpartition(" ")[0] or name[: most - 1]
    return cut.rstrip(" ,.-(") + "…"


def _write_names(spots: Iterable[Spot]) -> None:
    """Write each name at the first of eight places where it touches nothing; else only the number stands."""
    spots = list(spots)
    taken = [spot.box for spot in spots] + [Box(CENTRE - HUB, CENTRE - HUB, CENTRE + HUB, CENTRE + HUB)]
    for spot in spots:
        for text in dict.fromkeys([short(spot.tie.name, FULL), short(spot.tie.name, SHORT)]):
            label = next((label for label in _places(spot, text) if label.box.is_inside and not any(label.box.touches(box) for box in taken)), None)
            if label and text:
                spot.label = label
                taken.append(label.box)
                break


def _places(spot: Spot, text: str) -> Iterable[Label]:
    wide, half = width_of(text), width_of(text) / 2
    below, above = spot.y + spot.radius + EDGE, spot.y - spot.radius - EDGE - LINE
    right, left, level = spot.x + spot.radius + EDGE, spot.x - spot.radius - EDGE, spot.y - LINE / 2
    outwards = (above, below) if spot.y < CENTRE else (below, above)
    sides = (("start", right), ("end", left)) if spot.x >= CENTRE else (("end", left), ("start", right))
    spread = [("middle", spot.x, outwards[0]), *((anchor, x, level) for anchor, x in sides), ("middle", spot.x, outwards[1])]
    for anchor, x, top in spread:
        begin = {"start": x, "middle": x - half, "end": x - wide}[anchor]
        yield Label(text, round(x, 1), round(top + LINE * 0.76, 1), anchor, Box(begin, top, begin + wide, top + LINE))

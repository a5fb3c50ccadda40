"""What a letter is made of."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading under the title. `level` 2 to 4; never skip one."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A piece of text. An empty line starts a new paragraph, a line end stays a line end. `strong`: what must not be missed."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Items:
    """A list, with dots or with numbers."""

    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a row of headers. Every row has as many cells as there are columns. `widths`: how wide, in proportion."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs a cell for each column")


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG text) or a photo (PNG bytes), with what it shows in words. `width` in millimetres."""

    image: str | bytes
    alt: str
    width: int = 60

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a picture says in words what it shows")


@dataclass(frozen=True)
class Tile:
    """A picture with a few words under it."""

    picture: Picture
    text: str


@dataclass(frozen=True)
class Tiles:
    """Pictures beside each other, for who would rather look than read."""

    tiles: Sequence[Tile]
    columns: int = 3


Block = Heading | Text | Items | Table | Picture | Tiles


@dataclass(frozen=True)
class Letter:
    """A letter or a copy on paper. `language` "nl" or "en". `sender` and `to`: lines, the name first; without `to` it has no address."""

    title: str
    language: str
    blocks: Sequence[Block]
    sender: Sequence[str] = field(default=())
    date: dt.date | None = None
    to: Sequence[str] = field(default=())

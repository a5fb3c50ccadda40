"""A letter as PDF/UA-1 (ISO 14289-1): tagged, with a title and a language, its letters embedded, every picture in words."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst
from babel.dates import format_date

from .blocks import Heading, Items, Letter, Picture, Table, Text, Tiles

DATA = Path(__file__).parent / "data"
# typst names each sign for which no font has a shape; a PDF/UA may not have an empty box
SHAPELESS = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
TRIES = 5
ONE_AT_A_TIME = Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(DATA / "letter.typ"), root=str(DATA), font_paths=typst.Fonts())


def pdf(letter: Letter) -> bytes:
    """Return the letter as PDF/UA-1. A sign that no font knows (an emoji) is written as its name, so that nothing gets lost.

    The font comes with typst, so a letter looks the same on every machine; other fonts of the machine only help with other scripts.
    """
    data = json.dumps(_plain(letter), ensure_ascii=False)
    for _try in range(TRIES):
        try:
            return _compile(data)
        except typst.TypstError as error:
            signs = _shapeless(error.diagnostic)
            if not signs:
                raise
            for sign in signs:
                data = data.replace(sign, _in_words(sign))
    return _compile("".join(sign for sign in data if sign < "\u0250"))


def _shapeless(diagnostic: str) -> set[str]:
    found = "".join(SHAPELESS.findall(diagnostic))
    return {sign for sign in ESCAPED.sub(lambda code: chr(int(code[1], 16)), found) if not sign.isascii()}


def _compile(data: str) -> bytes:
    with ONE_AT_A_TIME:
        made = _compiler().compile(format="pdf", pdf_standards=["ua-1"], sys_inputs={"letter": data})
    return cast("bytes", made)


def _in_words(sign: str) -> str:
    if unicodedata.category(sign) in {"Cf", "Mn", "Cc"}:
        return ""
    return f"[{unicodedata.name(sign, 'sign').lower()}]"


def _plain(letter: Letter) -> dict[str, Any]:
    return {
        "title": letter.title,
        "language": letter.language,
        "sender": list(letter.sender),
        "date": format_date(letter.date, "d MMMM y", locale=letter.language) if letter.date else "",
        "to": list(letter.to),
        "blocks": [_block(block) for block in letter.blocks],
    }


def _block(block: Any) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Text(text, strong):
            return {"kind": "text", "paragraphs": paragraphs(text), "strong": strong}
        case Items(items, numbered):
            return {"kind": "items", "items": list(items), "numbered": numbered}
        case Table(columns, rows, widths):
            return {
                "kind": "table",
                "columns": list(columns),
                "rows": [list(row) for row in rows],
                "widths": list(widths or [1] * len(columns)),
            }
        case Picture():
            return {"kind": "picture", **_picture(block)}
        case Tiles(tiles, columns):
            return {
                "kind": "tiles",
                "columns": columns,
                "tiles": [{"picture": _picture(tile.picture), "text": tile.text} for tile in tiles],
            }
    raise TypeError(block)


def _picture(picture: Picture) -> dict[str, Any]:
    if isinstance(picture.image, str):
        return {"svg": picture.image, "alt": picture.alt, "width": picture.width}
    return {"png": list(picture.image), "alt": picture.alt, "width": picture.width}


def paragraphs(text: str) -> list[list[str]]:
    """Return the paragraphs of a text, each as its lines."""
    found = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [[line.rstrip() for line in part.split("\n")] for part in found if part.strip()]

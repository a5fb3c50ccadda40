"""A letter as OpenDocument text, for who wants to change a word before it is sent."""

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

import odfdo
from babel.dates import format_date

from .blocks import Heading, Items, Letter, Picture, Table, Text, Tiles
from .portable import paragraphs

REGIONS = {"nl": "nl-NL", "en": "en-GB"}
BODY, NUMBERED, DOTTED, HEAD_CELL, STRONG = "Text_20_body", "Numbered", "Dotted", "HeadCell", "Strong"
LISTS = {
    NUMBERED: '<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1">%s</text:list-level-style-number>',
    DOTTED: '<text:list-level-style-bullet text:level="1" text:bullet-char="•">%s</text:list-level-style-bullet>',
}
INDENT = '<style:list-level-properties text:space-before="0.2cm" text:min-label-width="0.6cm"/>'


def odt(letter: Letter) -> bytes:
    """Return the letter as ODT: the same words in the same order, with real headings, lists and tables, and its language set."""
    document = odfdo.Document("text")
    document.body.clear()
    language = REGIONS.get(letter.language, letter.language)
    document.language = document.meta.language = language
    document.meta.title = letter.title
    _styles(document)
    for lines in (
        letter.sender,
        letter.to,
        [format_date(letter.date, "d MMMM y", locale=letter.language)] if letter.date else [],
    ):
        if lines:
            document.body.append(_paragraph(list(lines)))
    document.body.append(_heading(1, letter.title))
    for block in letter.blocks:
        for element in _block(document, block):
            document.body.append(element)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _styles(document: odfdo.Document) -> None:
    document.insert_style(odfdo.Style("text", name=STRONG, bold=True), automatic=True)
    document.insert_style(
        odfdo.Style("paragraph", name=HEAD_CELL, parent_style=BODY, area="text", bold=True), automatic=True
    )
    for name, level in LISTS.items():
        document.insert_style(
            f'<text:list-style style:name="{name}">{level % INDENT}</text:list-style>', automatic=True
        )


def _heading(level: int, words: str) -> odfdo.Element:
    heading = odfdo.Header(level, words)
    heading.set_attribute("text:style-name", f"Heading_20_{level}")
    return heading


def _list(items: Sequence[str], numbered: bool) -> odfdo.Element:
    made = odfdo.List(style=NUMBERED if numbered else DOTTED)
    for words in items:
        item = odfdo.Element.from_tag("<text:list-item/>")
        item.append(_paragraph(words.split("\n")))
        made.append(item)
    return made


def _paragraph(lines: list[str], style: str = BODY) -> odfdo.Paragraph:
    """Return a paragraph; a line end stays a line end (odfdo writes it so)."""
    return odfdo.Paragraph("\n".join(lines), style=style)


def _block(document: odfdo.Document, block: Any) -> list[odfdo.Element]:
    match block:
        case Heading(text, level):
            return [_heading(level, text)]
        case Text(text, strong):
            return [_strong(_paragraph(lines), strong) for lines in paragraphs(text)]
        case Items(items, numbered):
            return [_list(items, numbered)]
        case Table():
            return [_table(block)]
        case Picture():
            return [_frame(document, block)]
        case Tiles(tiles):
            return [element for tile in tiles for element in (_frame(document, tile.picture), _paragraph([tile.text]))]
    raise TypeError(block)


def _strong(paragraph: odfdo.Paragraph, wanted: bool) -> odfdo.Paragraph:
    if wanted:
        paragraph.set_span(STRONG, regex=r"(?s).+")
    return paragraph


def _table(block: Table) -> odfdo.Table:
    table = odfdo.Table("table")
    header = odfdo.Element.from_tag("<table:table-header-rows/>")
    header.append(_row(block.columns, HEAD_CELL))
    table.append(header)
    for cells in block.rows:
        table.append(_row(cells, BODY))
    return table


def _row(cells: Sequence[str], style: str) -> odfdo.Element:
    row = odfdo.Element.from_tag("<table:table-row/>")
    for words in cells:
        cell = odfdo.Element.from_tag('<table:table-cell office:value-type="string"/>')
        cell.append(_paragraph(words.split("\n"), style))
        row.append(cell)
    return row


def _frame(document: odfdo.Document, picture: Picture) -> odfdo.Paragraph:
    drawn = isinstance(picture.image, str)
    raw = picture.image.encode() if isinstance(picture.image, str) else picture.image
    name = f"Pictures/{sha256(raw).hexdigest()[:16]}.{'svg' if drawn else 'png'}"
    document.set_part(name, raw)
    document.manifest.add_full_path(name, "image/svg+xml" if drawn else "image/png")
    frame = odfdo.Frame.image_frame(name, size=(f"{picture.width}mm", f"{picture.width}mm"), anchor_type="as-char")
    described = odfdo.Element.from_tag("<svg:desc/>")
    described.text = picture.alt
    frame.append(described)
    paragraph = odfdo.Paragraph("")
    paragraph.append(frame)
    return paragraph

"""Read a CSV list of neighbourhoods: code, name, kind, year, parent code, postcodes; in Dutch or English column names."""

import csv
import re

from django.utils.translation import gettext as _

from nabij.access.models import Neighbourhood
from nabij.administration.actions import BadRows, NeighbourhoodRow
from nabij.core.errors import Refused

COLUMNS = {
    "code": "code", "naam": "name", "name": "name", "soort": "kind", "kind": "kind", "jaar": "year", "year": "year",
    "hoort bij": "parent", "parent": "parent", "parent code": "parent", "postcodes": "postcodes", "postcode": "postcodes",
}  # fmt: skip
NEEDED = {"code", "name", "kind", "year"}
CODE = re.compile(r"WK\d{6}|BU\d{8}")
POSTCODE = re.compile(r"[1-9]\d{3}(?:[A-Z]{2})?")
PIECES = re.compile(r"\d{4}\s?[A-Z]{2}\b|[^\s,;|]+")
MOST_ROWS = 5000


def read_rows(content: bytes) -> list[NeighbourhoodRow]:
    """Return the rows of a file. Raises Refused: no columns or rows to read; BadRows: lines that cannot be right."""
    text = _text(content)
    first = text.partition("\n")[0]
    lines = csv.reader(text.splitlines(), delimiter=max(";,\t", key=first.count))
    head = [COLUMNS.get(name.strip().casefold(), "") for name in next(lines, [])]
    missing = NEEDED - set(head)
    if missing:
        raise Refused(_("These columns are missing: %(names)s.") % {"names": ", ".join(sorted(missing))}, field="file")
    rows, wrong = [], []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) + len(wrong) >= MOST_ROWS:
            raise Refused(_("This list is too long: at most %(most)s lines.") % {"most": MOST_ROWS}, field="file")
        row, complaints = _row(lines.line_num, {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name})
        rows.append(row)
        wrong += [(lines.line_num, complaint) for complaint in complaints]
    if wrong:
        raise BadRows(wrong)
    if not rows:
        raise Refused(_("There is no line in this file."), field="file")
    return rows


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refused(_("This is not a CSV file. Save the list as CSV and try again."), field="file")
    return text


def _row(line: int, cells: dict[str, str]) -> tuple[NeighbourhoodRow, list[str]]:
    code, parent, kind = (cells.get(name, "") for name in ("code", "parent", "kind"))
    code, parent, kind = code.upper(), parent.upper(), kind.casefold()
    year, name = cells.get("year", ""), cells.get("name", "")
    postcodes = [piece.replace(" ", "") for piece in PIECES.findall(cells.get("postcodes", "").upper())]
    wrong = []
    if not CODE.fullmatch(code):
        wrong.append(_("A code is WK with 6 digits, or BU with 8 digits; here stands %(what)s.") % {"what": code or "–"})
    if not name or len(name) > 120:
        wrong.append(_("Give a name of at most 120 letters."))
    if kind not in Neighbourhood.Kind.values:
        wrong.append(_("The kind is wijk, dorp or buurt; here stands %(what)s.") % {"what": kind or "–"})
    if not re.fullmatch(r"20\d\d", year):
        wrong.append(_("The year has four digits, such as 2026; here stands %(what)s.") % {"what": year or "–"})
    wrong += [_("%(what)s is not a postcode.") % {"what": piece} for piece in postcodes if not POSTCODE.fullmatch(piece)]
    return NeighbourhoodRow(line, code, name, kind, int(year) if year.isdecimal() else 0, parent, sorted(set(postcodes))), wrong

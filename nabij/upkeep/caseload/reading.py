"""Read a caseload file, CSV or XLSX, row by row, as text."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from nabij.core.errors import Refused
from nabij.core.text import unquoted

from .columns import NAMES, recognised


@dataclass(frozen=True)
class Line:
    """One row of the file: its line number, what stands in the columns we know, and all cells as they were."""

    number: int
    fields: dict[str, str]
    cells: list[str]


@dataclass
class Sheet:
    """A file that can be read: its headers, those we do not know, and its rows."""

    headers: list[str]
    unknown: list[str]
    lines: list[Line] = field(default_factory=list)


def read_sheet(*, path: Path) -> Sheet:
    """Read a whole file. Raises Refused: not there, not CSV or XLSX, no headers, or a column that is missing."""
    if not path.is_file():
        raise Refused(_("There is no file %(path)s.") % {"path": path})
    rows = _xlsx(path) if path.suffix.lower() in {".xlsx", ".xlsm"} else _csv(path)
    first = next(rows, None)
    if first is None:
        raise Refused(_("The file is empty. The first row holds the names of the columns."))
    headers = [cell.strip() for cell in first[1]]
    names = recognised(list(headers))
    _check_headers(headers, names)
    sheet = Sheet(headers, [header for header, name in zip(headers, names, strict=True) if header and not name])
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            sheet.lines.append(
                Line(number, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}, cells)
            )
    return sheet


def _check_headers(headers: list[str], names: list[str]) -> None:
    if not set(NAMES) & set(names):
        raise Refused(
            _("There is no column with names. Give one the header achternaam or roepnaam. Found: %(found)s.")
            % {"found": ", ".join(headers)}
        )
    if "worker" not in names:
        raise Refused(_("The column medewerker is missing: the e-mail address of who answers for this resident."))


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise Refused(_("This is not a CSV file. Save it as CSV or as XLSX."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what Windows writes: latin-1 with a euro sign
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count))
    begin = 1
    for cells in reader:
        yield begin, [unquoted(cell) for cell in cells]
        begin = reader.line_num + 1


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as broken:
        raise Refused(_("This is not an XLSX file that can be read. Save it again as XLSX or as CSV.")) from broken
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, [_text(cell) for cell in row]
    finally:
        book.close()


def _text(cell: object) -> str:
    """Return a cell as a person would have typed it: dates the Dutch way, whole numbers without a point."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)

"""From the bytes of a file to rows of text: any usual encoding and separator, columns in any order, in Dutch or English."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nabij.core.errors import Refused
from nabij.core.text import plain

from .terms import BYTES_AT_MOST, ROWS_AT_MOST

NAMES: dict[str, tuple[str, ...]] = {
    "partner": ("partner", "signaalpartner", "organisatie", "schuldeiser", "creditor"),
    "reference": ("kenmerk", "referentie", "klantnummer", "relatienummer", "debiteurnummer", "reference", "customer number"),
    "surname": ("naam", "achternaam", "geslachtsnaam", "name", "surname", "last name"),
    "given_names": ("voorletters", "voornamen", "voornaam", "initialen", "initials", "first names", "given names"),
    "birth_on": ("geboortedatum", "geb datum", "birth date", "date of birth"),
    "street": ("adres", "straat", "straatnaam", "address", "street"),
    "number": ("huisnummer", "nummer", "huisnr", "house number", "number"),
    "postcode": ("postcode", "pc", "postal code"),
    "place": ("woonplaats", "plaats", "town", "city"),
    "phone": ("telefoon", "telefoonnummer", "tel", "mobiel", "phone", "telephone"),
    "email": ("e mail", "email", "e mailadres", "emailadres", "mail"),
    "amount": ("bedrag", "achterstand", "schuldbedrag", "openstaand bedrag", "amount"),
    "arisen_on": ("ontstaan op", "ontstaansdatum", "achterstand sinds", "arisen on", "since"),
    "signalled_on": ("gemeld op", "signaaldatum", "meldingsdatum", "datum signaal", "signalled on", "reported on"),
    "threat": ("crisis", "crisisvlag", "dreiging", "afsluiting of ontruiming", "threat"),
    "warm_contact": ("warm contact", "al in contact", "in contact", "already in contact"),
}
NEEDED = ("reference", "surname", "amount", "signalled_on")
SEPARATORS = ";,\t|"
KNOWN = {name: field for field, names in NAMES.items() for name in names}


@dataclass(frozen=True)
class Sheet:
    """The lines of a file. `columns`: which field stands in which place ("" when we do not know it); `unused`: names we do not know."""

    columns: tuple[str, ...]
    unused: tuple[str, ...]
    separator: str
    lines: tuple[tuple[int, str], ...]

    def __iter__(self) -> Iterator[tuple[int, list[str] | None]]:
        """Yield the number of each line with its cells; None when a quotation mark is not closed."""
        for number, line in self.lines:
            yield number, cells_of(line, self.separator)


def read_sheet(*, content: bytes) -> Sheet:
    """Return the rows of a file. Raises Refused: empty, too large, no text, without heads, or a needed column is missing or stands twice."""
    if len(content) > BYTES_AT_MOST:
        raise Refused(_("This file is larger than %(size)s MB. Ask the partner for two files.") % {"size": BYTES_AT_MOST // 1024 // 1024}, field="file")
    lines = [(number, line) for number, line in enumerate(_lines(_text(content)), start=1) if line.strip(" \t;,|\"")]
    if len(lines) < 2:
        raise Refused(_("There is nothing in this file. Choose the file with one arrear on each line, and the names of the columns on top."), field="file")
    if len(lines) > ROWS_AT_MOST + 1:
        raise Refused(_("There are more than %(rows)s rows in this file. Ask the partner for two files.") % {"rows": ROWS_AT_MOST}, field="file")
    head = lines[0][1]
    separator = max(SEPARATORS, key=head.count)
    names = [name.strip() for name in cells_of(head, separator) or []]
    columns = tuple(KNOWN.get(plain(name), "") for name in names)
    _check(columns)
    unused = tuple(name[:40] for name, field in zip(names, columns, strict=True) if not field and name)
    return Sheet(columns, unused, separator, tuple(lines[1:]))


def cells_of(line: str, separator: str) -> list[str] | None:
    """Return the cells of one line; None when a quotation mark is not closed (it would swallow the rest of the file)."""
    if line.count('"') % 2:
        return None
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return None


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _text(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    if content[:2] == b"PK":
        raise Refused(_("This is an Excel file. Save it as CSV first, and choose that file."), field="file")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")  # the rows with what cannot be read are refused one by one


def _check(columns: tuple[str, ...]) -> None:
    twice = sorted({field for field in columns if field and columns.count(field) > 1})
    if twice:
        raise Refused(_("A column stands twice in this file: %(columns)s. Leave one out.") % {"columns": _named(twice)}, field="file")
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        told = _("A column is missing: %(columns)s. The names stand on the first line, in any order.")
        raise Refused(told % {"columns": _named(missing)}, field="file")


def _named(fields: list[str]) -> str:
    return ", ".join(NAMES[field][0] for field in fields)

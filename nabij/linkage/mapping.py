"""Which column of a file is which piece of a person: guessed from the headings, or said in a TOML or JSON file."""

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from nabij.core.text import plain

from .persons import Person

# headings by which a column is recognised, in Dutch and English; compared without spaces, signs and capitals
HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("id", "recid", "recordid", "uniqueid", "rowid", "key", "nummer", "nr id", "persoonid", "personid", "ref"),
    "surname": ("surname", "lastname", "familyname", "lname", "last", "achternaam", "geslachtsnaam", "naam achter", "surname1"),
    "prefix": ("prefix", "infix", "voorvoegsel", "tussenvoegsel", "voorvoegsels", "namepre"),
    "partner_surname": ("partnersurname", "partnername", "maidenname", "achternaampartner", "meisjesnaam", "birthname"),
    "given_names": ("givenname", "givennames", "firstname", "forename", "fname", "first", "given", "voornaam", "voornamen", "firstnames", "middlename"),
    "call_name": ("callname", "nickname", "preferredname", "roepnaam"),
    "initials": ("initials", "voorletters", "initialen", "middleinitial"),
    "full_name": ("name", "fullname", "naam", "volledigenaam", "person", "fullnames"),
    "birth_date": ("dateofbirth", "dob", "birthdate", "birthday", "geboortedatum", "gebdat", "geboren", "born", "bday"),
    "birth_year": ("birthyear", "yearofbirth", "yob", "geboortejaar", "by"),
    "birth_month": ("birthmonth", "monthofbirth", "mob", "geboortemaand", "bm"),
    "birth_day": ("birthdaynumber", "dayofbirth", "geboortedag", "bd"),
    "number": ("number", "streetnumber", "housenumber", "huisnummer", "nr", "huisnr", "houseno", "streetno"),
    "addition": ("addition", "toevoeging", "huisnummertoevoeging", "unit"),
    "street": ("street", "streetname", "address1", "address", "straat", "straatnaam", "adres", "addressline1", "resstreetaddress"),
    "full_address": ("fulladdress", "volledigadres", "adresregel"),
    "postcode": ("postcode", "postalcode", "zip", "zipcode", "pc", "plz", "postcodefake"),
    "place": ("place", "city", "town", "suburb", "locality", "woonplaats", "plaats", "gemeente", "municipality", "birthplace"),
    "region": ("state", "province", "region", "county", "provincie"),
    "phone": ("phone", "phonenumber", "telephone", "tel", "telefoon", "telefoonnummer", "mobile", "mobiel", "phone2"),
    "email": ("email", "emailaddress", "mail", "emailadres"),
    "sex": ("sex", "gender", "geslacht"),
}  # fmt: skip
DATES = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y")
US_DATES = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%m-%d-%Y", "%Y/%m/%d")
_NUMBER = re.compile(r"^(?P<street>.*?\D)\s*(?P<number>\d+\s?-?[a-zA-Z]{0,3})$|^(?P<number2>\d+[a-zA-Z]?)\s+(?P<street2>\D.*)$")
_POSTCODE = re.compile(r"\b([1-9]\d{3}\s?[A-Za-z]{2}|\d{5}|\d{4})\b")
NOTHING = {"", "na", "n/a", "nan", "null", "none", "unknown", "onbekend", "-", "?"}


class Unmapped(Exception):
    """The columns of a file do not say who somebody is."""


@dataclass(frozen=True)
class Columns:
    """Which columns make which piece, and how dates are written. More columns for one piece are put together with a space."""

    pieces: Mapping[str, tuple[str, ...]]
    dates: tuple[str, ...] = DATES
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    ids: tuple[str, ...] = field(default=())

    def person(self, row: Mapping[str, str]) -> Person:
        """Return one row as a person. A number such as a national id is compared only when `ids` names its column."""
        said = {piece: self._text(row, columns) for piece, columns in self.pieces.items()}
        names = {name: said.get(name, "") for name in ("surname", "prefix", "partner_surname", "given_names", "call_name", "initials")}
        if said.get("full_name") and not names["surname"]:
            names |= split_name(said["full_name"])
        place = {name: said.get(name, "") for name in ("street", "number", "postcode", "place")}
        if said.get("full_address"):
            place |= {name: text for name, text in split_address(said["full_address"]).items() if text and not place[name]}
        if place["street"] and not place["number"]:
            place |= {name: text for name, text in split_address(place["street"]).items() if text and name in {"street", "number"}}
        place["number"] += said.get("addition", "")
        return Person(
            **names, **place, **self._birth(said), phones=_list(said.get("phone")), emails=_list(said.get("email")), sex=said.get("sex", ""),
            region=said.get("region", ""), ids=tuple(filter(None, (_clean(row.get(column)) for column in self.ids))),
        )  # fmt: skip

    def number(self, row: Mapping[str, str], at: int) -> str:
        """Return by what the file names this row; its place in the file when it has no name."""
        return self._text(row, self.pieces.get("id", ())) or str(at)

    def _text(self, row: Mapping[str, str], columns: Sequence[str]) -> str:
        return " ".join(filter(None, (_clean(row.get(column)) for column in columns)))

    def _birth(self, said: Mapping[str, str]) -> dict[str, int | None]:
        for form in self.dates if said.get("birth_date") else ():
            try:
                born = datetime.strptime(said["birth_date"].removesuffix(".0"), form)  # noqa: DTZ007 - a birth date has no hour
            except ValueError:
                continue
            return {"birth_year": born.year, "birth_month": born.month, "birth_day": born.day}
        parts = {name: _figure(said.get(name)) for name in ("birth_year", "birth_month", "birth_day")}
        if said.get("birth_date") and not parts["birth_year"]:
            year = re.search(r"\b(1[89]\d\d|20\d\d)\b", said["birth_date"])
            parts["birth_year"] = int(year.group()) if year else None
        return parts


def _clean(text: str | None) -> str:
    text = " ".join((text or "").split())
    return "" if text.casefold() in NOTHING else text


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[;|]", text or "")))


def _figure(text: str | None) -> int | None:
    found = re.match(r"\d+", text or "")
    return int(found.group()) or None if found else None


def split_name(text: str) -> dict[str, str]:
    """Return surname and first names of a whole name: `Jansen, Piet`, `Piet van der Berg`."""
    if "," in text:
        surname, _, given = text.partition(",")
        return {"surname": surname.strip(), "given_names": given.strip()}
    from .dutch import SMALL_WORDS

    words = text.split()
    small = [at for at, word in enumerate(words) if plain(word) in SMALL_WORDS and at]
    start = small[0] if small else len(words) - 1
    return {"surname": " ".join(words[start:]), "given_names": " ".join(words[:start])}


def split_address(text: str) -> dict[str, str]:
    """Return street, number, postcode and town of an address on one line."""
    postcode = _POSTCODE.search(text) if "," in text or len(text.split()) > 3 else None
    place = text[postcode.end() :].strip(" ,") if postcode else ""
    head = (text[: postcode.start()] if postcode else text).strip(" ,")
    found = _NUMBER.match(head)
    street, number = head, ""
    if found:
        street, number = (found["street"] or found["street2"] or "").strip(" ,"), found["number"] or found["number2"] or ""
    return {"street": street, "number": number, "postcode": postcode.group() if postcode else "", "place": place}


def guess(headings: Sequence[str]) -> Columns:
    """Return the columns as their headings say. Raises Unmapped when no name is among them."""
    known = {heading: piece for piece, found in HEADINGS.items() for heading in (plain(one).replace(" ", "") for one in found)}
    pieces: dict[str, list[str]] = {}
    for heading in headings:
        piece = known.get(plain(heading).replace(" ", ""))
        if piece:
            pieces.setdefault(piece, []).append(heading)
    for piece in ("id", "street", "birth_date", "full_name"):
        pieces[piece] = pieces.get(piece, [])[:1]
    if not any(pieces.get(piece) for piece in ("surname", "full_name", "given_names")):
        raise Unmapped("No column with a name was found among: " + ", ".join(headings))
    return Columns({piece: tuple(columns) for piece, columns in pieces.items() if columns})


def read_mapping(path: Path) -> dict[str, Any]:
    """Read a mapping file: TOML or JSON with the tables `left`, `right` (or `both`) and the word `language`."""
    if path.suffix == ".json":
        return dict(json.loads(path.read_text(encoding="utf-8")))
    return tomllib.loads(path.read_text(encoding="utf-8"))


def columns_of(path: Path, said: Mapping[str, Any] | None = None) -> Columns:
    """Return the columns of a file: as said, the rest guessed (`guess = false`: nothing). Raises Unmapped: a column that is not there."""
    said = dict(said or {})
    options = {name: said.pop(name) for name in ("delimiter", "encoding") if name in said}
    dates = tuple(said.pop("dates", ())) or (US_DATES if said.pop("month_first", False) else DATES)
    ids = said.pop("ids", [])
    with path.open(encoding=options.get("encoding", "utf-8-sig"), newline="") as file:
        headings = [heading.strip() for heading in next(csv.reader(file, delimiter=options.get("delimiter", ",")), [])]
    guessed = said.pop("guess", True)
    told = {piece: tuple([names] if isinstance(names, str) else names) for piece, names in said.items()}
    used = {column for names in told.values() for column in names} | set(ids)
    missing = sorted(used - set(headings))
    if missing or set(told) - set(HEADINGS):
        raise Unmapped(f"{path.name}: not among its columns or pieces: {', '.join(missing or sorted(set(told) - set(HEADINGS)))}")
    pieces: dict[str, tuple[str, ...]] = {}
    if guessed:
        try:
            pieces = {piece: names for piece, names in guess(headings).pieces.items() if not used & set(names)}
        except Unmapped:
            if not told:
                raise
    return replace(Columns({**pieces, **{piece: names for piece, names in told.items() if names}}, dates=dates), ids=tuple(ids), **options)


def rows(path: Path, columns: Columns) -> Iterator[dict[str, str]]:
    """Return the rows of a file, headings without spaces around them."""
    with path.open(encoding=columns.encoding, newline="") as file:
        for row in csv.DictReader(file, delimiter=columns.delimiter, skipinitialspace=True):
            yield {(heading or "").strip(): value or "" for heading, value in row.items() if isinstance(value, str | None)}

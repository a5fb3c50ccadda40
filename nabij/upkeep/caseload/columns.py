"""The columns of a caseload file: our names, and the headers by which they are recognised (Dutch and English)."""

from nabij.core.text import plain

# docs/how-to/import-a-caseload.md shows the first header of each.
COLUMNS: dict[str, tuple[str, ...]] = {
    "initials": ("voorletters", "initialen", "initials"),
    "given_names": ("voornamen", "voornaam", "given names", "first names"),
    "call_name": ("roepnaam", "call name"),
    "prefix": ("tussenvoegsel", "voorvoegsel", "tussenvoegsels", "prefix"),
    "surname": ("achternaam", "geslachtsnaam", "naam", "surname", "last name"),
    "partner_prefix": ("tussenvoegsel partner", "voorvoegsel partner", "partner prefix"),
    "partner_surname": ("achternaam partner", "geslachtsnaam partner", "partner surname"),
    "birth": ("geboortedatum", "geboren", "birth date", "date of birth"),
    "street": ("straat", "straatnaam", "adres", "street", "address"),
    "number": ("huisnummer", "nummer", "nr", "house number", "number"),
    "postcode": ("postcode", "postal code", "zip"),
    "place": ("woonplaats", "plaats", "town", "city"),
    "secret": ("geheim adres", "geheim", "secret address", "secret"),
    "phone": ("telefoon", "telefoonnummer", "mobiel", "phone", "telephone"),
    "worker": (
        "medewerker",
        "e mail medewerker",
        "aanspreekpunt",
        "email medewerker",
        "worker",
        "worker e mail",
        "worker email",
    ),
    "team": ("team", "wijkteam"),
    "question": ("vraag", "hulpvraag", "question"),
    "next_on": ("volgende datum", "volgende actie", "next date", "next on"),
    "system": ("ander systeem", "systeem", "bron", "other system", "system", "source"),
    "case_number": ("zaaknummer", "dossiernummer", "clientnummer", "case number", "client number"),
}
NAMES = ("surname", "call_name")
HEADERS = {header: name for name, headers in COLUMNS.items() for header in headers}


def column_of(header: object) -> str:
    """Return our name of a column, or nothing when the header is not known."""
    return HEADERS.get(plain(str(header or "")), "")


def recognised(headers: list[object]) -> list[str]:
    """Return for each header our name, or nothing; the second column of the same kind is left alone."""
    found: list[str] = []
    for header in headers:
        name = column_of(header)
        found.append(name if name not in found else "")
    return found

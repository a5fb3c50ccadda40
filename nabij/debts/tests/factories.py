"""Files of arrears for tests and for the benchmark."""

import csv
import io
from typing import Any

HEAD = [
    "kenmerk", "naam", "voorletters", "geboortedatum", "adres", "huisnummer", "postcode", "woonplaats", "telefoon", "e-mail", "bedrag",
    "ontstaan op", "gemeld op", "crisis", "warm contact",
]  # fmt: skip
NAMES = ["de Vries", "Bakker", "El Amrani", "Jansen", "Yılmaz", "van der Meer", "Öztürk", "Smit", "Nowak", "Visser"]
# every way in which a row can be wrong: what to change, and the code of the reason
SPOILED: list[tuple[str, dict[str, str]]] = [
    ("no_reference", {"kenmerk": ""}),
    ("no_name", {"naam": ""}),
    ("birth_form", {"geboortedatum": "31-31-1980"}),
    ("birth_range", {"geboortedatum": "01-01-2190"}),
    ("no_address", {"huisnummer": "", "adres": "Kerkstraat"}),
    ("postcode_form", {"postcode": "144 AB"}),
    ("number_form", {"huisnummer": "twaalf"}),
    ("phone_form", {"telefoon": "0299-1"}),
    ("email_form", {"e-mail": "jan apestaart example"}),
    ("no_amount", {"bedrag": ""}),
    ("amount_form", {"bedrag": "veel"}),
    ("amount_range", {"bedrag": "-12,50"}),
    ("no_signalled", {"gemeld op": ""}),
    ("signalled_form", {"gemeld op": "gisteren"}),
    ("signalled_future", {"gemeld op": "01-01-2190"}),
    ("signalled_old", {"gemeld op": "01-01-2001"}),
    ("arisen_form", {"ontstaan op": "lang geleden"}),
    ("threat_form", {"crisis": "misschien"}),
    ("warm_form", {"warm contact": "lauw"}),
    ("too_long", {"naam": "x" * 101}),
    ("unreadable", {"naam": "Jan\x00sen"}),
    ("cells", {"kenmerk": "A;B"}),
]


def row(number: int, **other: str) -> dict[str, str]:
    """Return one good row, unless `other` spoils it; no two numbers give the same reference."""
    made = {
        "kenmerk": f"K{number:06d}", "naam": NAMES[number % len(NAMES)], "voorletters": "A.B.", "geboortedatum": f"{number % 28 + 1:02d}-03-1971",
        "adres": "Kerkstraat", "huisnummer": str(number % 190 + 1), "postcode": f"14{number % 40 + 41} AB", "woonplaats": "Waterdam",
        "telefoon": f"06{number:08d}", "e-mail": f"bewoner{number}@example.nl", "bedrag": f"{number % 900 + 100},50", "ontstaan op": "",
        "gemeld op": "", "crisis": "ja" if number % 20 == 0 else "nee", "warm contact": "nee",
    }  # fmt: skip
    return made | other


def file_of(rows: list[dict[str, str]], *, separator: str = ";", encoding: str = "utf-8", head: list[str] = HEAD) -> bytes:
    """Return a file with these rows; a cell that holds the separator spoils its row, as a careless export does."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    writer.writerow(head)
    for one in rows:
        cells = [one.get(name, "") for name in head]
        if any(separator in cell for cell in cells):
            made.write(separator.join(cells) + "\r\n")
        else:
            writer.writerow(cells)
    return made.getvalue().encode(encoding)


def mixed(good: int, bad: int, day: str) -> tuple[bytes, dict[int, str]]:
    """Return a file with so many good and bad rows in turn, and which line is wrong in which way."""
    rows: list[dict[str, Any]] = []
    wrong: dict[int, str] = {}
    total, every = good + bad, max(1, (good + bad) // max(bad, 1))
    for number in range(total):
        if number % every == every - 1 and len(wrong) < bad:
            code, change = SPOILED[len(wrong) % len(SPOILED)]
            rows.append(row(number, **({"gemeld op": day} | change)))
            wrong[number + 2] = code
        else:
            rows.append(row(number, **{"gemeld op": day}))
    return file_of(rows), wrong

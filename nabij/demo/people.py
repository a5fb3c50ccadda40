"""Made-up people: parts of names put together at random, with everything a register or a neighbour would know."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def data(name: str) -> dict[str, Any]:
    """Return one of the data files of the demonstration."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _origins() -> tuple[list[dict[str, Any]], list[int]]:
    rows = [
        {**row, **{part: row[part].split() for part in ("women", "men", "surnames")}} for row in data("names")["origin"]
    ]
    return rows, [row["weight"] for row in rows]


@dataclass
class Person:
    """Who somebody is in the demonstration, and the words that go with it."""

    woman: bool
    call_name: str
    prefix: str
    surname: str
    language: str
    born: tuple[int, int | None, int | None]
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return " ".join(filter(None, [self.call_name, self.prefix, self.surname]))

    @property
    def fields(self) -> dict[str, Any]:
        """Return what create_resident takes."""
        year, month, day = self.born
        person = {
            "call_name": self.call_name,
            "initials": f"{self.call_name[0]}.",
            "prefix": self.prefix,
            "surname": self.surname,
        }
        return {
            **person,
            "birth_year": year,
            "birth_month": month,
            "birth_day": day,
            "language": self.language,
            **self.extra,
        }

    @property
    def words(self) -> dict[str, str]:
        """Return the words that differ between women and men."""
        pick = (
            ("ze", "haar", "haar", "mevrouw", "buurvrouw")
            if self.woman
            else ("hij", "zijn", "hem", "meneer", "buurman")
        )
        found = dict(zip(("ze", "haar", "hem", "mv", "buur"), pick, strict=True))
        return found | {name.capitalize(): word.capitalize() for name, word in found.items()}


def draw_person(rng: Random, *, ages: tuple[int, int], year: int, woman: bool | None = None) -> Person:
    """Draw somebody of an age; of some only the birth year is known, some use a partner's name or need an interpreter."""
    rows, weights = _origins()
    origin = rng.choices(rows, weights)[0]
    woman = rng.random() < 0.55 if woman is None else woman
    surname, _, prefix = rng.choice(origin["surnames"]).partition("|")
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    born = (year - rng.randint(*ages), *((month, day) if rng.random() > 0.05 else (None, None)))
    person = Person(woman, rng.choice(origin["women" if woman else "men"]), prefix.replace("_", " "), surname, "", born)
    if origin["language"] and rng.random() < 0.5:
        person.language = origin["language"]
        person.extra["interpreter"] = rng.random() < 0.4
    elif not origin["language"] and woman and rng.random() < 0.25:
        partner, _, partner_prefix = rng.choice(origin["surnames"]).partition("|")
        person.extra |= {
            "partner_surname": partner,
            "partner_prefix": partner_prefix.replace("_", " "),
            "name_order": rng.choice(["partner_own", "partner", "own_partner"]),
        }
    if rng.random() < 0.06:
        person.extra["cannot_read"] = True
    return person


def draw_address(rng: Random, *, postcodes: tuple[str, ...], place: str, village: bool) -> dict[str, Any]:
    """Draw an address in a quarter or village; the letters of the postcode follow the street."""
    streets = data("names")["streets"]["village" if village else "names"].split()
    number = rng.randrange(len(streets))
    letters = "ABCDEGHJKLMNPRTVWXZ"
    code = f"{rng.choice(postcodes)} {letters[number % 19]}{letters[(number * 7 + 3) % 19]}"
    return {
        "street": streets[number].replace("_", " "),
        "number": str(rng.randint(1, 180)),
        "postcode": code,
        "place": place,
    }


def draw_phone(rng: Random) -> str:
    """Draw a mobile number from the range that is never given out (06 0…)."""
    return f"06-0{rng.randint(1000000, 9999999)}"

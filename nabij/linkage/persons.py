"""A person as somebody wrote it down, and the same in a form that can be compared and kept on one line."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nabij.core.text import plain

from .dutch import DUTCH, phone_tail
from .rules import Rules


@dataclass(frozen=True)
class Place:
    """One address, as it was written."""

    postcode: str = ""
    number: str = ""
    street: str = ""
    town: str = ""


@dataclass(frozen=True)
class Person:
    """What was written or said about somebody; everything may be missing. `ids`: only numbers that the caller wants compared."""

    surname: str = ""
    prefix: str = ""
    partner_surname: str = ""
    given_names: str = ""
    call_name: str = ""
    initials: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    postcode: str = ""
    number: str = ""
    street: str = ""
    place: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    sex: str = ""
    region: str = ""
    ids: tuple[str, ...] = ()
    more_places: tuple[Place, ...] = ()
    # of somebody whose name is not known: how a colleague would recognise them
    description: str = ""
    # a word that was typed half, for search while somebody types
    half: str = ""


# who says "Vries" may leave out a prefix; who fills in a form without one says that there is none
NOT_SAID = "?"


class Home(NamedTuple):
    """One address in comparable form."""

    postcode: str
    number: str
    street: str
    town: str


class Traits(NamedTuple):
    """A person in comparable form: folded words, no order of words left except inside a word."""

    surnames: tuple[str, ...] = ()
    prefix: str = ""
    givens: tuple[str, ...] = ()
    initials: str = ""
    birth: tuple[int, int, int] = (0, 0, 0)
    homes: tuple[Home, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    sex: str = ""
    region: str = ""
    ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    half: str = ""


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(text).split())


def traits(person: Person, rules: Rules = DUTCH) -> Traits:
    """Return a person in comparable form by the rules of a language."""
    surnames, prefix = _surnames(person, rules)
    givens, letters = _givens(person)
    homes = (Place(person.postcode, person.number, person.street, person.place), *person.more_places)
    birth = (person.birth_year or 0, person.birth_month or 0, person.birth_day or 0)
    return Traits(
        surnames,
        prefix,
        givens,
        letters,
        birth,
        tuple(home for home in (_home(place, rules) for place in homes) if any(home)),
        tuple(tail for tail in map(phone_tail, person.phones) if tail),
        tuple(address.strip().casefold() for address in person.emails if "@" in address),
        plain(person.sex)[:1],
        "".join(_words(person.region)),
        tuple(filter(None, ("".join(_words(number)) for number in person.ids))),
        tuple(dict.fromkeys(rules.telling(_words(person.description)))),
        "".join(_words(person.half)),
    )


def _surnames(person: Person, rules: Rules) -> tuple[tuple[str, ...], str]:
    own, partner = _words(person.surname), _words(person.partner_surname)
    telling = dict.fromkeys([*(rules.telling(own) if own else ()), *(rules.telling(partner) if partner else ())])
    if person.prefix == NOT_SAID:
        return tuple(telling), NOT_SAID
    small = _words(person.prefix) or tuple(word for word in own if word not in telling)
    return tuple(telling), "".join(small)


def _givens(person: Person) -> tuple[tuple[str, ...], str]:
    words = [*_words(person.call_name), *_words(person.given_names)]
    names = tuple(dict.fromkeys(word for word in words if len(word) > 1))
    letters = [word[0] for word in _words(person.initials)] or [word[0] for word in words]
    if person.call_name and not person.initials and not person.given_names:
        letters = letters[:1]
    return names, "".join(dict.fromkeys(letters))


def _home(place: Place, rules: Rules) -> Home:
    street = rules.street(list(_words(place.street))) if place.street else ""
    number = "".join(_words(place.number)).lstrip("0")
    return Home("".join(_words(place.postcode)), number, street, "".join(_words(place.town)))


NOTHING = (0, 0, 0)
_FIELD, _ITEM, _PART = "\x1f", "\x1e", "\x1d"


def pack(of: Traits) -> str:
    """Return traits on one line, to keep beside the record; `unpack` reads it back."""
    year, month, day = of.birth
    birth = f"{year:04d}{month:02d}{day:02d}" if year or month or day else ""
    homes = _ITEM.join(_PART.join(home) for home in of.homes)
    lists = (" ".join(of.surnames), of.prefix, " ".join(of.givens), of.initials, birth, homes, " ".join(of.phones))
    return _FIELD.join((*lists, " ".join(of.emails), of.sex, of.region, " ".join(of.ids), " ".join(of.words)))


def unpack(line: str) -> Traits:
    """Return the traits of one line."""
    surnames, prefix, givens, letters, birth, homes, phones, emails, sex, region, ids, words = line.split(_FIELD)
    return Traits(
        tuple(surnames.split()),
        prefix,
        tuple(givens.split()),
        letters,
        (int(birth[:4]), int(birth[4:6]), int(birth[6:])) if birth else NOTHING,
        tuple([Home._make(home.split(_PART)) for home in homes.split(_ITEM)]) if homes else (),
        tuple(phones.split()) if phones else (),
        tuple(emails.split()) if emails else (),
        sex,
        region,
        tuple(ids.split()) if ids else (),
        tuple(words.split()) if words else (),
    )


def digits_of(number: str) -> str:
    """Return the figures a house number begins with."""
    found = re.match(r"\d+", number)
    return found.group() if found else ""

"""What somebody typed in one box, in any order: read as a person, in the few ways it can be read."""

import re
from dataclasses import replace

from nabij.core.text import plain
from nabij.linkage import Person
from nabij.linkage.birthdays import OLDEST, take_date
from nabij.linkage.dutch import SMALL_WORDS
from nabij.linkage.persons import NOT_SAID

_EMAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
_PHONE = re.compile(r"(?<![\d])(?:\+|00|0)\d(?:[\s-]?\d){7,12}(?!\d)")
_POSTCODE = re.compile(r"(?<![\d])([1-9]\d{3})\s?([a-z]{2})(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}(?:-?[a-z]{1,3})?", re.IGNORECASE)
_INITIAL = re.compile(r"[A-Z]\.?")  # "T de Vries" is no 't Vries
_LAST_YEAR = 2035
STREET_ENDS = (
    "straat", "str", "laan", "weg", "plein", "hof", "kade", "pad", "dreef", "singel", "gracht", "steeg", "dijk", "markt", "wal", "plantsoen",
    "park", "erf", "burg", "oord", "ring", "baan", "haven", "land", "veld", "akker", "gaarde", "horst", "kamp", "wijk",
)  # fmt: skip
TITLES = {"burgemeester", "burg", "dokter", "dr", "professor", "prof", "prins", "prinses", "koningin", "koning", "sint", "pastoor", "meester", "mr"}
MOST = 4  # ways of reading: each is weighed


def read_words(words: str) -> list[Person]:
    """Return the ways in which these words can be a person; none for nothing to go by."""
    text = words[:400].replace("ĳ", "ij").replace("’", "'")
    birth, text = take_date(text)
    emails = tuple(_EMAIL.findall(text))
    text = _EMAIL.sub(" , ", text)
    phones = tuple(found.group() for found in _PHONE.finditer(text))
    text = _PHONE.sub(" , ", text)
    postcode, text = _postcode(text)
    known = Person(phones=phones, emails=emails, postcode=postcode, prefix=NOT_SAID)
    if birth:
        known = replace(known, birth_year=birth.year, birth_month=birth.month, birth_day=birth.day)
    readings = [reading for place, names in _places(text, known) for reading in _names(names, place, ends=_ends_in_a_word(words))]
    return [reading for reading in readings if reading != Person(prefix=NOT_SAID)][:MOST]


def _ends_in_a_word(words: str) -> bool:
    return bool(words) and words[-1:].isalpha()


def _postcode(text: str) -> tuple[str, str]:
    found = _POSTCODE.search(text)
    if found is None or (" " in found.group() and found.group(2).lower() in SMALL_WORDS):  # "1951 de Vries" is a year and a name
        return "", text
    return found.group().replace(" ", ""), f"{text[: found.start()]} , {text[found.end() :]}"


def _places(text: str, known: Person) -> list[tuple[Person, list[list[str]]]]:
    """Return the ways to find a year, a house number, a street and a town, each with the names that are left, in pieces as they were typed."""
    pieces = [piece.split() for piece in re.split(r"[,;]", text)]
    numbers = [(at, word) for at, piece in enumerate(pieces) for word in piece if _NUMBER.fullmatch(word)]
    for _at, word in numbers:
        if word.isdigit() and len(word) == 4 and not known.birth_year and OLDEST <= int(word) <= _LAST_YEAR:
            known = replace(known, birth_year=int(word))
        elif word.isdigit() and len(word) == 4 and not known.postcode:
            known = replace(known, postcode=word)
        elif not known.number:
            return _with_number(pieces, known, word)
    return [(known, _without_figures(pieces))]


def _without_figures(pieces: list[list[str]]) -> list[list[str]]:
    return [left for piece in pieces if (left := [word for word in piece if not word[0].isdigit()])]


def _with_number(pieces: list[list[str]], known: Person, number: str) -> list[tuple[Person, list[list[str]]]]:
    known = replace(known, number=number)
    at = next(at for at, piece in enumerate(pieces) if number in piece)
    where = pieces[at].index(number)
    before = [word for word in pieces[at][:where] if not word[0].isdigit()]
    after = _without_figures([pieces[at][where + 1 :], *pieces[at + 1 :]])
    start = _street_start(before)
    if start is None:  # "14 vries", "vries 14": perhaps a street, perhaps a name
        names = [*_without_figures(pieces[:at]), *([before] if before else []), *after]
        ways = [(known, names)]
        if before and (len(before) > 1 or not known.postcode):
            ways.append((replace(known, street=before[-1]), [*_without_figures(pieces[:at]), *([before[:-1]] if before[:-1] else []), *after]))
        return ways
    known = replace(known, street=" ".join(before[start:]))
    names = [*_without_figures(pieces[:at]), *([before[:start]] if before[:start] else [])]
    if names and after:  # what follows the number is the town
        return [(replace(known, place=" ".join(after[0])), [*names, *after[1:]])]
    return [(known, [*names, *after])]


def _street_start(words: list[str]) -> int | None:
    """Return where the street begins in the words before a house number."""
    for at in range(len(words) - 1, -1, -1):
        if plain(words[at]).endswith(STREET_ENDS):
            while at and plain(words[at - 1]) in TITLES:
                at -= 1
            return at
    return None


def _names(pieces: list[list[str]], known: Person, *, ends: bool) -> list[Person]:
    """Return the ways to tell surname from first name: what follows a prefix or a comma, else the last word or the first."""
    tokens = [word for piece in pieces for word in piece]
    if not any(plain(word) for word in tokens):
        return [known]
    small = [at for at, word in enumerate(tokens) if set(plain(word).split()) <= SMALL_WORDS and len(tokens) > 1 and not _INITIAL.fullmatch(word)]
    half = tokens[-1] if ends and tokens[-1][:1].isalpha() and len(tokens[-1]) > 1 else ""
    if known.place == "" and half:
        known = replace(known, half=half)
    prefix = " ".join(tokens[at] for at in small) or NOT_SAID
    told = [word for at, word in enumerate(tokens) if at not in small]
    if not told:
        return [replace(known, surname=" ".join(tokens))]
    if small and small[-1] + 1 < len(tokens):  # "jan de vries", "de vries jan"
        return [_split(known, told, told.index(tokens[small[-1] + 1]), prefix)]
    if len(told) == 1:
        one = told[0]
        return [replace(known, surname=one, prefix=prefix), replace(known, call_name=one, description=one)]
    if len(pieces) > 1 and len(pieces[0]) == 1 and not small:  # "Vries, Jan"
        return [_split(known, told, 0, prefix)]
    return [_split(known, told, len(told) - 1, prefix), _split(known, told, 0, prefix)]


def _split(known: Person, words: list[str], at: int, prefix: str) -> Person:
    given = " ".join(words[:at] + words[at + 1 :])
    return replace(known, surname=words[at], given_names=given, prefix=prefix, description=" ".join(words))

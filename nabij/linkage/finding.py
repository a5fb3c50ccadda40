"""Find who in a file somebody could be: words by their variants, persons by their keys, then weigh those whom most keys point at."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from .comparing import Scales
from .dutch import DUTCH
from .frequencies import Frequencies
from .keys import (
    BONE,
    BONES,
    GIVEN,
    LETTER,
    SAME,
    START,
    STREET,
    SURNAME,
    TOWN,
    Token,
    beginnings,
    birth_keys,
    first_sound,
    number_keys,
    variants,
    word_token,
)
from .model import Model
from .persons import Traits, digits_of
from .rules import Rules

WORDS = 40  # spellings followed for one typed surname
FEW = 10  # spellings followed where other pieces narrow too
ROWS = 3000  # keys read for one question: what is more says too little
WEIGHED = 160  # persons weighed for one question
POINTS = {SAME: 3.0, LETTER: 2.2, BONES: 1.8, BONE: 0.8, START: 1.5}


class Store(Protocol):
    """Where words, keys and persons are kept: a database, or memory when two files are linked."""

    token: Token

    def words(self, variants: Sequence[Any]) -> Iterable[tuple[Any, Any, int]]:
        """Return (variant, word, how many persons have it) for these variants."""
        ...

    def persons(self, keys: Sequence[Any], limit: int) -> Iterable[tuple[Any, int]]:
        """Return (key, person) for these keys, at most so many."""
        ...

    def traits(self, ids: Sequence[int]) -> Iterable[tuple[int, Traits]]:
        """Return the persons with these numbers, in comparable form."""
        ...

    def size(self) -> int:
        """Return how many persons there are."""
        ...


class Match(NamedTuple):
    """Somebody this could be: how likely (calibrated, against all others found), the weight of evidence, and the levels by which."""

    id: int
    probability: float
    weight: float
    levels: tuple[str, ...]


class Spelling(NamedTuple):
    """A word of the file that a typed word could mean, and how closely."""

    word: Any
    count: int
    points: float


@dataclass
class Known:
    """What the file knows of the words that were typed."""

    spellings: dict[tuple[str, str], list[Spelling]]
    counts: dict[Any, int]
    near: dict[tuple[str, str], tuple[int, int]]


class Counted:
    """The counts of words in a store, by kind and word, for `Frequencies`."""

    def __init__(self, counts: dict[Any, int], token: Token) -> None:
        self.counts, self.token = counts, token

    def get(self, key: tuple[str, str], default: int = 0) -> int:
        return self.counts.get(word_token(*key, self.token), default)


def find(asked: Traits, store: Store, model: Model, rules: Rules = DUTCH, *, most: int = 20) -> list[Match]:
    """Return who this could be, the likeliest first: three questions to the store, whatever comes out."""
    return find_any([asked], store, model, rules, most=most)


def find_any(readings: Sequence[Traits], store: Store, model: Model, rules: Rules = DUTCH, *, most: int = 20) -> list[Match]:
    """Return who this could be when what was typed can be read in more than one way."""
    known = spell(readings, store, rules)
    wanted: dict[Any, float] = {}
    for asked in readings:
        for key, points in keys_wanted(asked, known, store.token, rules).items():
            wanted[key] = max(points, wanted.get(key, 0.0))
    ids = _pointed_at(store.persons(list(wanted), ROWS), wanted)
    size = store.size()
    shares = Frequencies(size, Counted(known.counts, store.token), known.near, model)  # type: ignore[arg-type]
    scales = Scales(model, shares, rules)
    weighed = []
    for pk, other in store.traits(ids):
        best = max((scales.weigh(asked, other) for asked in readings), key=lambda found: found.weight)
        weighed.append((best.weight, pk, best.levels))
    return _likeliest(weighed, model, size, most)


def _likeliest(weighed: list[tuple[float, int, tuple[str, ...]]], model: Model, size: int, most: int) -> list[Match]:
    """Return the likeliest: at most one of them can be the person, or none."""
    prior = math.log(model.known / max(size, 1000))
    weighed.sort(key=lambda found: (-found[0], found[1]))
    odds = [math.exp(min(200.0, weight + prior)) for weight, _pk, _levels in weighed]
    rest = 1 - model.known + math.fsum(odds)
    matches = []
    for (weight, pk, levels), mine in zip(weighed[:most], odds, strict=False):
        log_odds = math.log(max(mine, 1e-60)) - math.log(max(rest - mine, 1e-60))
        matches.append(Match(pk, model.probability(log_odds), weight, levels))
    return matches


def _pointed_at(rows: Iterable[tuple[Any, int]], wanted: dict[Any, float]) -> list[int]:
    """Return the persons at whom keys point most."""
    points: dict[int, float] = defaultdict(float)
    for key, pk in rows:
        points[pk] += wanted[key]
    if len(points) <= WEIGHED:
        return list(points)
    return sorted(points, key=lambda pk: (-points[pk], pk))[:WEIGHED]


# --- words


def spell(readings: Sequence[Traits], store: Store, rules: Rules) -> Known:
    """Look up every typed word: which words of the file it could be, and how often each occurs."""
    asked = {found for reading in readings for found in _typed(reading)}
    by_variant: dict[Any, list[tuple[tuple[str, str], int]]] = defaultdict(list)
    token = store.token
    for kind, word in asked:
        for variant, how in variants(kind, word, rules).items() if kind != "p" else [(f"vp|{word}", SAME)]:
            by_variant[token(variant)].append(((kind, word), how))
    for reading in readings:
        if len(reading.half) >= 3:
            for kind in (SURNAME, GIVEN):
                by_variant[token(beginnings(kind, reading.half)[-1])].append(((kind, reading.half), START))
    ways: dict[tuple[str, str], dict[Any, int]] = defaultdict(dict)
    counts: dict[Any, int] = {}
    for variant, word, count in store.words(list(by_variant)):
        counts[word] = count
        for typed, how in by_variant[variant]:
            ways[typed][word] = ways[typed].get(word, 0) | 1 << how
    return _ranked(ways, counts, token)


def _ranked(ways: dict[tuple[str, str], dict[Any, int]], counts: dict[Any, int], token: Token) -> Known:
    spellings, near = {}, {}
    for typed, found in ways.items():
        own = word_token(*typed, token)
        close = far = 0
        ranked = []
        for word, how in found.items():
            count = counts[word]
            if word == own:
                ranked.append(Spelling(word, count, POINTS[SAME]))
                continue
            points = max(POINTS[one] for one in POINTS if how >> one & 1)
            points += 0.4 if how >> LETTER & 1 and how >> BONES & 1 else 0.0
            if how & (1 << LETTER | 1 << BONES | 1 << SAME):
                close += count
            elif how & 1 << BONE:
                far += count
            ranked.append(Spelling(word, count, points))
        ranked.sort(key=lambda spelling: (-spelling.points, -spelling.count, str(spelling.word)))
        spellings[typed], near[typed] = ranked, (close, far)
    return Known(spellings, counts, near)


def _typed(of: Traits) -> set[tuple[str, str]]:
    """Return every word to look up: a name both as surname and as first name, because people turn them around."""
    names = {*of.surnames, *of.givens}
    found = {(kind, name) for name in names for kind in (SURNAME, GIVEN)}
    for home in of.homes:
        found |= {(kind, word) for kind, word in ((STREET, home.street), (TOWN, home.town), ("p", home.postcode)) if word}
    return found


# --- keys


def keys_wanted(asked: Traits, known: Known, token: Token, rules: Rules) -> dict[Any, float]:
    """Return the keys to look under, each with how much it says that it is this person."""
    wanted: dict[str, float] = {}
    firsts = {first_sound(word, rules) for word in (*asked.givens, *asked.initials)}
    for word in asked.surnames:
        _by_name(wanted, known.spellings.get((SURNAME, word), [])[:WORDS], firsts, asked.birth[0])
    for word in asked.givens:  # the other way around
        others = {first_sound(name, rules) for name in asked.surnames}
        _by_name(wanted, known.spellings.get((SURNAME, word), [])[:FEW], others, asked.birth[0], less=1.0)
        if not asked.surnames:
            for spelling in known.spellings.get((GIVEN, word), [])[:FEW]:
                wanted[f"g|{spelling.word}"] = spelling.points - 1
    _by_half(wanted, asked, known, firsts)
    year, month, day = asked.birth
    for key in birth_keys(asked.birth):
        wanted[key] = 4.0
    if day and day <= 12 and day != month:
        wanted.update(dict.fromkeys(birth_keys((year, day, month)), 2.0))
    _by_place(wanted, asked, known)
    wanted.update(dict.fromkeys(number_keys(asked), 6.0))
    return {token(key): points for key, points in wanted.items()}


def _by_name(wanted: dict[str, float], spellings: list[Spelling], firsts: set[str], year: int, less: float = 0.0) -> None:
    for spelling in spellings:
        points = spelling.points - less
        for first in firsts:
            wanted[f"si|{spelling.word}|{first}"] = points
        if year:
            wanted[f"sy|{spelling.word}|{year}"] = points + 0.5
        if not firsts:
            wanted[f"s|{spelling.word}"] = points - 1


def _by_half(wanted: dict[str, float], asked: Traits, known: Known, firsts: set[str]) -> None:
    """A word typed half: whole surnames and first names that begin so."""
    if asked.half:
        by_count = sorted(known.spellings.get((SURNAME, asked.half), []), key=lambda spelling: -spelling.count)[:WORDS]
        _by_name(wanted, by_count, firsts, asked.birth[0])
        if not asked.surnames:
            for spelling in known.spellings.get((GIVEN, asked.half), [])[:FEW]:
                wanted[f"g|{spelling.word}"] = 1.0


def _by_place(wanted: dict[str, float], asked: Traits, known: Known) -> None:
    for home in asked.homes:
        figures = digits_of(home.number)
        if home.postcode and figures:
            wanted[f"h|{home.postcode}|{figures}"] = 3.5
        if home.postcode and (not figures or not home.street):
            wanted[f"p|{home.postcode}"] = 1.0
        if home.street and figures:
            for spelling in known.spellings.get((STREET, home.street), [])[:FEW]:
                wanted[f"a|{spelling.word}|{figures}"] = spelling.points - 0.5

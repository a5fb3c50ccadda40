"""Find who in a file somebody could be: words by their variants, persons by their keys, then weigh those whom most keys point at."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from .comparing import Against, Scales, Weighed
from .dutch import DUTCH
from .frequencies import POPULATION, Frequencies
from .keys import (
    BEGINNINGS,
    BONE,
    BONES,
    GIVEN,
    LETTER,
    POSTCODE,
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
ROWS = 1600  # keys read for one question, as reckoned from the counts: what leads to more says too little
DOUBTED = {"given:other", "given:letter"}
NAMED = {"surname:same", "surname:sound", "surname:near1"}
WEIGHED = 110  # persons weighed for one question
SURELY = 30  # so many are weighed whatever points at them
WORTH = 0.4  # of the others those at whom this part points of what points at the first
BEGUN = 1e-3  # of a population, about so many have a name that begins in any given way
POINTS = {SAME: 3.0, LETTER: 2.2, BONES: 1.8, BONE: 0.8, START: 1.5}
BOTH = 0.4  # a letter apart and the same consonants
POINTS_OF = [
    max((POINTS[one] for one in POINTS if how >> one & 1), default=0.0) + (BOTH if how >> LETTER & how >> BONES & 1 else 0.0)
    for how in range(1 << len(POINTS))
]  # by the set of ways in which a word was found, a bit for each


class Store(Protocol):
    """Where words, keys and persons are kept: a database, or memory when two files are linked."""

    token: Token

    def words(self, variants: Sequence[Any]) -> Iterable[tuple[Any, Any, int]]:
        """Return (variant, word, how many persons have it) for these variants."""
        ...

    def persons(self, keys: Sequence[Any], limit: int, *, wide: bool = False) -> Iterable[tuple[Any, int]]:
        """Return (key, person) for these keys. `wide`: far too many fit; then at most so many, those nearest to whoever asks."""
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


class Lead(NamedTuple):
    """How much a key says that it is this person, and to how many persons it leads, about."""

    points: float
    rows: float


class Spelling(NamedTuple):
    """A word of the file that a typed word could mean, and how closely."""

    word: Any
    count: int
    points: float


@dataclass
class Known:
    """What the file knows of the words that were typed."""

    spellings: "dict[tuple[str, str], list[Spelling]]"
    counts: dict[Any, int]
    near: dict[tuple[str, str], tuple[int, int]]
    begun: dict[tuple[str, str], int]


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
    size = store.size()
    ids = gather(find_keys(readings, known, store, rules), store)
    shares = Frequencies(size, Counted(known.counts, store.token), known.near, model)  # type: ignore[arg-type]
    scales = Scales(model, shares, rules, _begun(known, size))
    sides = [Against(scales, asked) for asked in readings]
    weighed = []
    for pk, other in store.traits(ids):
        best = sides[0].weigh(other)
        for side in sides[1:]:
            if best.levels[:1] and best.levels[0] in NAMED and not DOUBTED & set(best.levels):  # read rightly
                break
            best = max(best, side.weigh(other), key=_weight)
        weighed.append((best.weight, pk, best.levels))
    return _likeliest(weighed, model, size, most)


def _weight(found: Weighed) -> float:
    return found.weight


def find_keys(readings: Sequence[Traits], known: Known, store: Store, rules: Rules) -> dict[Any, Lead]:
    """Return every key to look under, for all ways to read what was said."""
    leads: dict[Any, Lead] = {}
    for asked in readings:
        for key, lead in keys_wanted(asked, known, store.token, rules, store.size()).items():
            leads[key] = max(lead, leads.get(key, lead))
    return leads


def gather(leads: dict[Any, Lead], store: Store, *, most: int = WEIGHED) -> list[int]:
    """Return the persons at whom these keys point most, at most so many."""
    wanted, wide = narrowed(leads)
    points: dict[int, float] = defaultdict(float)
    for key, pk in store.persons(list(wanted), WEIGHED, wide=wide):
        points[pk] += wanted[key]
    if len(points) <= SURELY:
        return list(points)
    ranked = sorted(points, key=lambda pk: (-points[pk], pk))[:most]
    enough = points[ranked[0]] * WORTH
    return [pk for place, pk in enumerate(ranked) if place < SURELY or points[pk] >= enough]


def _begun(known: Known, size: int) -> dict[tuple[str, str], float]:
    """Return which part of all persons has a name that begins with a word typed half."""
    return {half: (count + POPULATION * BEGUN) / (size + POPULATION) for half, count in known.begun.items()}


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


def narrowed(leads: dict[Any, Lead]) -> tuple[dict[Any, float], bool]:
    """Return the keys to follow with their points: those that say most, as long as they do not lead to too many.

    When every key leads to too many (only a common surname was typed), the one that says most, and that it is wide.
    """
    left, chosen = float(ROWS), {}
    order = sorted(leads.items(), key=lambda found: (-found[1].points, found[1].rows, found[0]))
    for key, lead in order:
        if lead.rows <= left:
            left -= lead.rows
            chosen[key] = lead.points
    if not chosen and order:
        return {key: lead.points for key, lead in order[:3]}, True
    return chosen, False


# --- words


def spell(readings: Sequence[Traits], store: Store, rules: Rules) -> Known:
    """Look up every typed word: which words of the file it could be, and how often each occurs."""
    asked: dict[tuple[str, str], bool] = {}
    for reading in readings:
        for typed, closely in _typed(reading).items():
            asked[typed] = asked.get(typed, False) or closely
    by_variant: dict[Any, list[tuple[tuple[str, str], int]]] = defaultdict(list)
    token = store.token
    for (kind, word), closely in asked.items():
        for variant, how in _looked_under(kind, word, rules, closely):
            by_variant[token(variant)].append(((kind, word), how))
    for half in {reading.half for reading in readings if len(reading.half) >= min(BEGINNINGS)}:
        for kind in (SURNAME, GIVEN):
            by_variant[token(beginnings(kind, half)[-1])].append(((kind, half), START))
    ways: dict[tuple[str, str], dict[Any, int]] = defaultdict(dict)
    counts: dict[Any, int] = {}
    for variant, word, count in store.words(list(by_variant)):
        counts[word] = count
        for typed, how in by_variant[variant]:
            ways[typed][word] = ways[typed].get(word, 0) | 1 << how
    return _ranked(ways, counts, token, dict.fromkeys(asked, (0, 0)))


def _ranked(ways: dict[tuple[str, str], dict[Any, int]], counts: dict[Any, int], token: Token, near: dict[tuple[str, str], tuple[int, int]]) -> Known:
    spellings, begun = {}, {}
    for typed, found in ways.items():
        own = word_token(*typed, token)
        close = far = 0
        if any(how >> START & 1 for how in found.values()):
            begun[typed] = sum(counts[word] for word, how in found.items() if how >> START & 1)
        ranked = []
        for word, how in found.items():
            count = counts[word]
            if word == own:
                ranked.append(Spelling(word, count, POINTS[SAME]))
                continue
            points = POINTS_OF[how]
            if how & (1 << LETTER | 1 << BONES | 1 << SAME):
                close += count
            elif how & 1 << BONE:
                far += count
            ranked.append(Spelling(word, count, points))
        ranked.sort(key=lambda spelling: (-spelling.points, -spelling.count, spelling.word))
        spellings[typed], near[typed] = ranked, (close, far)
    return Known(spellings, counts, near, begun)


def _looked_under(kind: str, word: str, rules: Rules, closely: bool) -> list[tuple[str, int]]:
    """Return the variants to look for: every slip of the pen of a word where it was said, elsewhere only the word and how it sounds."""
    if kind == POSTCODE:
        return [(f"v{kind}|{word}", SAME)]
    if closely:
        return [(variant, how) for variant, how in variants(kind, word, rules).items() if how != BONE or kind == SURNAME]
    return [(f"v{kind}|{word}", SAME), (f"b{kind}|{rules.bones(word)}", BONES)]


def _typed(of: Traits) -> dict[tuple[str, str], bool]:
    """Return every word to look up, and whether closely: a name both as surname and as first name, because people turn them around."""
    found: dict[tuple[str, str], bool] = {}
    for name in of.surnames:
        found |= {(SURNAME, name): True, (GIVEN, name): found.get((GIVEN, name), False)}
    for name in of.givens:
        found |= {(GIVEN, name): True, (SURNAME, name): found.get((SURNAME, name), False)}
    for home in of.homes:
        for kind, word in ((STREET, home.street), (TOWN, home.town), (POSTCODE, home.postcode)):
            if word:
                found[kind, word] = True
    return found


# --- keys


def keys_wanted(asked: Traits, known: Known, token: Token, rules: Rules, size: int) -> dict[Any, Lead]:
    """Return the keys to look under, each with what it says and to how many it leads."""
    wanted: dict[str, Lead] = {}
    firsts = {first_sound(word, rules) for word in (*asked.givens, *asked.initials)}
    turned = {first_sound(word[1:], rules) for word in asked.givens if len(word) > 2} - firsts
    for word in asked.surnames:
        if turned:
            _by_name(wanted, known.spellings.get((SURNAME, word), [])[:FEW], turned, 0, less=1.0)
        _by_name(wanted, known.spellings.get((SURNAME, word), [])[:WORDS], firsts, asked.birth[0])
    for word in asked.givens:  # the other way around
        others = {first_sound(name, rules) for name in asked.surnames}
        _by_name(wanted, known.spellings.get((SURNAME, word), [])[:FEW], others, asked.birth[0], less=1.0)
        if not asked.surnames:
            _by_given(wanted, known.spellings.get((GIVEN, word), []))
    _by_half(wanted, asked, known, firsts)
    _by_birth(wanted, asked, size)
    _by_place(wanted, asked, known, size)
    wanted.update(dict.fromkeys(number_keys(asked), Lead(6.0, 3)))
    for word in {*asked.surnames, *asked.givens, *asked.words}:
        wanted[f"w|{word}"] = Lead(2.0, 10)
    return {token(key): lead for key, lead in wanted.items()}


def _by_name(wanted: dict[str, Lead], spellings: list[Spelling], firsts: set[str], year: int, less: float = 0.0) -> None:
    for word, count, points in spellings:
        for first in firsts:
            wanted[f"si|{word}|{first}"] = Lead(points - less, 1 + count / 8)
        if year:
            wanted[f"sy|{word}|{year}"] = Lead(points - less + 0.5, 1 + count / 60)
        if not firsts:
            wanted[f"s|{word}"] = Lead(points - less - 1, count)


def _by_given(wanted: dict[str, Lead], spellings: list[Spelling]) -> None:
    for word, count, points in spellings[:FEW]:
        wanted[f"g|{word}"] = Lead(points - 1, count)


def _by_half(wanted: dict[str, Lead], asked: Traits, known: Known, firsts: set[str]) -> None:
    """A word typed half: the most used surnames and first names that begin so."""
    if asked.half:
        often = sorted(known.spellings.get((SURNAME, asked.half), []), key=lambda spelling: (-spelling.count, spelling.word))
        _by_name(wanted, often[:WORDS], firsts, asked.birth[0])
        if not asked.surnames or asked.surnames == (asked.half,):
            _by_given(wanted, known.spellings.get((GIVEN, asked.half), []))


def _by_birth(wanted: dict[str, Lead], asked: Traits, size: int) -> None:
    year, month, day = asked.birth
    born = 2 + size / 30_000
    for key in birth_keys(asked.birth):
        wanted[key] = Lead(4.0, born)
    if day and day <= 12 and day != month:
        wanted.update(dict.fromkeys(birth_keys((year, day, month)), Lead(2.0, born)))


def _by_place(wanted: dict[str, Lead], asked: Traits, known: Known, size: int) -> None:
    for home in asked.homes:
        figures = digits_of(home.number)
        if home.postcode and figures:
            wanted[f"h|{home.postcode}|{figures}"] = Lead(3.5, 4)
        if home.postcode:
            wanted[f"p|{home.postcode}"] = Lead(1.0, 60)
        if home.street and figures:
            for word, count, points in known.spellings.get((STREET, home.street), [])[:FEW]:
                wanted[f"a|{word}|{figures}"] = Lead(points - 0.5, 1 + count / 60)

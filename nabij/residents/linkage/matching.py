"""Which dossiers fit what somebody typed: every piece of it must be found, in any order; the last word may be half."""

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from nabij.access.models import Dossier
from nabij.core.text import plain
from nabij.residents.birthdays import Birth, take_date
from nabij.residents.models import SearchKey
from nabij.residents.naming import SMALL_WORDS
from nabij.residents.reaching import phone_tail

from .keys import compact

MOST = 200  # more than anybody reads: then the words were too few
_PHONE = re.compile(r"(?<![\d])(?:\+|00|0)\d(?:[\s-]?\d){7,12}(?!\d)")
_POSTCODE = re.compile(r"(?<![\d])([1-9]\d{3})\s?([a-z]{2})(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}[a-z]{0,2}")


@dataclass(frozen=True)
class Wanted:
    """One piece that must be found: one of these whole keys, or a key that begins like one of these."""

    keys: frozenset[str]
    begins: frozenset[str] = frozenset()
    # Only these count as found in full, for the rule about what is known elsewhere.
    whole: frozenset[str] = frozenset()

    def matched(self, keys: set[str]) -> set[str]:
        """Return which of a dossier's keys this piece is found by."""
        return {key for key in keys if key in self.keys or key.startswith(tuple(self.begins))}


@dataclass(frozen=True)
class Found:
    """A dossier that fits, by which kinds of key, and whether in full: surname, and birth date or postcode with number."""

    dossier_id: int
    kinds: tuple[str, ...]
    full: bool


def read_words(words: str) -> list[Wanted]:
    """Return the pieces in what somebody typed: dates, telephone numbers, postcodes, house numbers, names."""
    text = words[:400].replace("ĳ", "ij")
    pieces: list[Wanted] = []
    birth, text = take_date(text)
    if birth:
        pieces.append(_of_birth(birth))
    for match in _PHONE.finditer(text):
        pieces.append(_exact(f"t:{phone_tail(match.group())}"))
    text = _PHONE.sub(" ", text)
    postcode = _POSTCODE.search(text)
    if postcode and postcode.group() != postcode.group().replace(" ", "") and postcode.group(2) in SMALL_WORDS:
        postcode = None  # "1951 de Vries" is a year and a name
    if postcode:
        pieces.append(_exact(f"p:{compact(postcode.group())}"))
        text = _POSTCODE.sub(" ", text, count=1)
    tokens = _telling(plain(text).split())
    home = compact(postcode.group()) if postcode else ""
    pieces += [_of_token(token, last=token is tokens[-1], postcode=home) for token in tokens]
    return pieces


def wanted_person(
    *,
    surname: str = "",
    call_name: str = "",
    birth: Birth | None = None,
    postcode: str = "",
    number: str = "",
    phone: str = "",
) -> list[list[Wanted]]:
    """Return the ways in which a person about to be written down could be here already; each way is a search of its own."""
    name = (
        [_exact(*{f"s:{word}" for word in (*_telling(plain(surname).split()), compact(surname))})]
        if plain(surname)
        else []
    )
    called = [_exact(*(f"n:{word}" for word in plain(call_name).split()))] if plain(call_name) else []
    born = [_of_birth(birth)] if birth else []
    there = (
        [_exact(f"h:{compact(postcode)}{compact(number)}" if number else f"p:{compact(postcode)}")]
        if compact(postcode)
        else []
    )
    number_called = [_exact(f"t:{phone_tail(phone)}")] if phone_tail(phone) else []
    pairs = [[*name, *other] for other in (born, there, called) if name and other]
    if called and born:
        pairs.append([*called, *born])
    if not pairs and (name or called):
        pairs.append(name or called)
    return [*pairs, number_called] if number_called else pairs


def candidates(pieces: list[Wanted], *, most: int = MOST) -> list[Found]:
    """Return the dossiers in which every piece is found, in two queries whatever comes out; nothing for no pieces.

    No rights are looked at here: the caller decides what may be shown.
    """
    if not pieces:
        return []
    fitting = Dossier.objects.filter(erased_at__isnull=True)
    for piece in pieces:
        fitting = fitting.filter(pk__in=SearchKey.objects.filter(_condition(piece)).values("dossier_id"))
    ids = [
        0,
        *fitting.order_by("pk").values_list("pk", flat=True)[:most],
    ]  # 0: so that nothing found costs the same queries
    keys: dict[int, set[str]] = defaultdict(set)
    for dossier_id, key in SearchKey.objects.filter(dossier_id__in=ids).values_list("dossier_id", "key"):
        keys[dossier_id].add(key)
    return [_found(dossier_id, pieces, keys[dossier_id]) for dossier_id in sorted(keys)]


def _found(dossier_id: int, pieces: list[Wanted], keys: set[str]) -> Found:
    matched = set().union(*(piece.matched(keys) for piece in pieces))
    whole = set().union(*(piece.whole for piece in pieces)) & keys
    named = any(key.startswith("s:") for key in whole)
    placed = any(key.startswith("h:") or re.fullmatch(r"d:\d{8}", key) for key in whole)
    kinds = sorted({key[0] for key in matched}, key="sndypahgtiw".index)
    return Found(dossier_id, tuple(kinds), named and placed)


def _condition(piece: Wanted) -> Q:
    condition = Q(key__in=piece.keys)
    for start in sorted(piece.begins):
        condition |= Q(key__startswith=start)
    return condition


def _telling(words: list[str]) -> list[str]:
    """Leave out prefixes such as `van der`, unless there is nothing else."""
    return [word for word in words if word not in SMALL_WORDS] or words


def _exact(*keys: str) -> Wanted:
    return Wanted(frozenset(keys), whole=frozenset(keys))


def _of_birth(birth: Birth) -> Wanted:
    """A full date also fits a person of whom only the month or the year is known; part of a date fits everybody born then."""
    year, month, day = birth
    if day:
        full = f"d:{year}{month:02d}{day:02d}"
        return Wanted(frozenset({full, f"d:{year}{month:02d}", f"d:{year}"}), whole=frozenset({full}))
    return Wanted(frozenset({f"d:{year}"}), begins=frozenset({f"d:{year}{month:02d}"}))


def _of_token(token: str, *, last: bool, postcode: str) -> Wanted:
    if _NUMBER.fullmatch(token):
        home = frozenset({f"h:{postcode}{token}" if postcode else f"g:{token}"})
        year = len(token) == 4
        return Wanted(home | ({f"y:{token}"} if year else set()), frozenset({f"p:{token}"} if year else ()), whole=home)
    if len(token) == 1:
        return Wanted(frozenset({f"i:{token}"}), frozenset({f"n:{token}"} | ({f"s:{token}"} if last else set())))
    keys = frozenset(f"{kind}:{token}" for kind in "snaw")
    return Wanted(keys, begins=keys if last else frozenset(), whole=frozenset({f"s:{token}"}))

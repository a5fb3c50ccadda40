"""Under what somebody can be found again: many loose keys, each of one or two pieces.

Two kinds. *Words* (names, streets, towns) are found by their variants: a letter left out, or only the consonants of how they sound; so a
typing error in a word costs one row a word, not one a person. *Keys* lead from a word, a date, an address or a number to persons. A `Token`
function makes every key from text: the text itself when two files are linked, a keyed fingerprint in a database, which tells nobody a name.
"""

import hashlib
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from .dutch import DUTCH
from .persons import Person, Traits, digits_of, traits
from .rules import Rules

Token = Callable[[str], Hashable]
SURNAME, GIVEN, STREET, TOWN, POSTCODE = "s", "g", "a", "c", "p"
# how closely a variant says that two words are one: the same, a letter apart, the same consonants, a consonant apart, the same beginning
SAME, LETTER, BONES, BONE, START = 4, 3, 2, 1, 0
BEGINNINGS = (2, 3, 5)


def text(key: str) -> str:
    """Return a key as it is: the token of linking in memory."""
    return key


@lru_cache(maxsize=2)
def fingerprints(secret: bytes) -> Callable[[str], int]:
    """Return what makes keys that tell nobody a name: eight bytes under a secret, as a signed number."""

    @lru_cache(maxsize=20_000)
    def token(key: str) -> int:
        return int.from_bytes(hashlib.blake2b(key.encode(), key=secret, digest_size=8).digest(), "big", signed=True)

    return token


def words_of(of: Traits) -> set[tuple[str, str]]:
    """Return the words of a person that are counted, and found by variants, each with its kind."""
    found = {(SURNAME, word) for word in of.surnames} | {(GIVEN, word) for word in of.givens}
    for home in of.homes:
        found |= {(kind, word) for kind, word in ((STREET, home.street), (TOWN, home.town), (POSTCODE, home.postcode)) if word}
    return found


def kept_under(kind: str, word: str, rules: Rules = DUTCH) -> list[str]:
    """Return everything a word is kept under; a postcode only under itself."""
    return [f"v{POSTCODE}|{word}"] if kind == POSTCODE else [*variants(kind, word, rules), *beginnings(kind, word)]


def variants(kind: str, word: str, rules: Rules = DUTCH) -> dict[str, int]:
    """Return the variants under which a word is kept and looked for, each with how closely it says that two words are one."""
    bones = rules.bones(word)
    found = {f"b{kind}|{bones[:at] + bones[at + 1 :]}": BONE for at in range(1, len(bones))} if len(bones) > 3 else {}
    found[f"b{kind}|{bones}"] = BONES
    found |= {f"v{kind}|{word[:at] + word[at + 1 :]}": LETTER for at in range(len(word))}
    found[f"v{kind}|{word}"] = SAME
    return found


def beginnings(kind: str, word: str) -> list[str]:
    """Return the beginnings under which a word is kept, for who has typed half of it."""
    return [f"f{kind}|{word[:length]}" for length in BEGINNINGS if len(word) >= length]


def word_token(kind: str, word: str, token: Token = text) -> Any:
    """Return by which a word is known to its keys."""
    return token(f"{kind}|{word}")


def first_sound(word: str, rules: Rules = DUTCH) -> str:
    """Return the sound a name begins with: c and k are one."""
    return rules.spoken(word)[:1]


def keys_of(of: Traits, rules: Rules = DUTCH, token: Token = text) -> set[Any]:
    """Return every key of a person in comparable form."""
    found: list[str] = []
    firsts = {first_sound(word, rules) for word in (*of.givens, *of.initials)}
    for word in of.surnames:
        name = word_token(SURNAME, word, token)
        found.append(f"s|{name}")
        found += [f"si|{name}|{first}" for first in firsts]
        if of.birth[0]:
            found.append(f"sy|{name}|{of.birth[0]}")
    for word in of.givens:
        found.append(f"g|{word_token(GIVEN, word, token)}")
    found += [f"w|{word}" for word in of.words]
    found += birth_keys(of.birth)
    found += place_keys(of, token)
    found += number_keys(of)
    return set(map(token, found))


def birth_keys(birth: tuple[int, int, int]) -> list[str]:
    """Return the key of a whole birth date; of part of one none, because it would lead to too many."""
    year, month, day = birth
    return [f"d|{year}|{month}|{day}"] if year and month and day else []


def place_keys(of: Traits, token: Token = text) -> list[str]:
    """Return the keys of addresses: postcode, postcode with number, street with number."""
    found: list[str] = []
    for home in of.homes:
        figures = digits_of(home.number)
        if home.postcode:
            found.append(f"p|{home.postcode}")
        if home.postcode and figures:
            found.append(f"h|{home.postcode}|{figures}")
        if home.street and figures:
            found.append(f"a|{word_token(STREET, home.street, token)}|{figures}")
    return found


def number_keys(of: Traits) -> list[str]:
    """Return the keys of telephone, e-mail and numbers that were given on purpose."""
    return [f"t|{tail}" for tail in of.phones] + [f"e|{address}" for address in of.emails] + [f"n|{number}" for number in of.ids]


def keys(person: Person, rules: Rules = DUTCH) -> set[str]:
    """Return every key of a person, as text."""
    return keys_of(traits(person, rules), rules)

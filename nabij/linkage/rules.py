"""What differs from language to language: small words of a name, how letters sound, short forms, words of a street."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules of names and addresses of one language. `sounds`: spelling to sound; the longest spelling is read first."""

    language: str
    small_words: frozenset[str]
    sounds: Mapping[str, str]
    # first names that stand for each other: each set is one family of names
    families: tuple[frozenset[str], ...] = ()
    street_words: Mapping[str, str] = field(default_factory=dict)
    day_first: bool = True
    _spoken: Any = field(init=False, repr=False)
    _kin: Mapping[str, frozenset[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pattern = re.compile("|".join(sorted(map(re.escape, self.sounds), key=len, reverse=True)))
        sounds = self.sounds

        @lru_cache(maxsize=20_000)
        def spoken(word: str) -> str:
            heard = pattern.sub(lambda found: sounds[found.group()], word)
            heard = _DOUBLE.sub(r"\1", heard)
            return heard[:-1] + "t" if heard.endswith("d") else heard

        kin: dict[str, set[int]] = {}
        for number, names in enumerate(self.families):
            for name in names:
                kin.setdefault(name, set()).add(number)
        object.__setattr__(self, "_spoken", spoken)
        object.__setattr__(self, "_kin", {name: frozenset(numbers) for name, numbers in kin.items()})

    def spoken(self, word: str) -> str:
        """Return how a word sounds, as letters: words that sound alike give the same letters."""
        return self._spoken(word)

    def bones(self, word: str) -> str:
        """Return the consonants of how a word sounds, with its first sound: what is left when vowels are heard wrongly."""
        heard = self._spoken(word)
        return heard[:1] + _VOWELS.sub("", heard[1:])

    def akin(self, one: str, other: str) -> bool:
        """Tell whether two first names may be names of one person: Johannes and Jan."""
        mine = self._kin.get(one)
        return bool(mine and mine & self._kin.get(other, frozenset()))

    def telling(self, words: Iterable[str]) -> list[str]:
        """Leave out small words such as `van der`, unless there is nothing else."""
        words = list(words)
        return [word for word in words if word not in self.small_words] or words

    def street(self, words: list[str]) -> str:
        """Return a street as one word, with the abbreviations of this language written in full."""
        full = [self.street_words.get(word, word) for word in words]
        last = full[-1] if full else ""
        for short, long in self.street_words.items():
            if len(short) > 2 and last.endswith(short) and last != short and not last.endswith(long):
                full[-1] = last.removesuffix(short) + long
                break
        return "".join(full)


_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouh]")


def families(text: str) -> tuple[frozenset[str], ...]:
    """Read families of names, one a line."""
    return tuple(frozenset(line.split()) for line in text.strip().splitlines())

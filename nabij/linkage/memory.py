"""A file of persons in memory, found in the same way as in a database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from .dutch import DUTCH
from .keys import kept_under, keys_of, text, word_token, words_of
from .persons import Traits
from .rules import Rules


class Memory:
    """Words, keys and persons of one file."""

    token = staticmethod(text)

    def __init__(self, persons: Iterable[Traits], rules: Rules = DUTCH) -> None:
        self.people = list(persons)
        self.by_key: dict[str, list[int]] = defaultdict(list)
        counts: Counter[tuple[str, str]] = Counter()
        for number, person in enumerate(self.people):
            counts.update(words_of(person))
            for key in keys_of(person, rules):
                self.by_key[key].append(number)
        self.by_variant: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for (kind, word), count in counts.items():
            for variant in kept_under(kind, word, rules):
                self.by_variant[variant].append((word_token(kind, word), count))

    def words(self, variants: Sequence[str]) -> Iterable[tuple[str, str, int]]:
        for variant in variants:
            for word, count in self.by_variant.get(variant, ()):
                yield variant, word, count

    def persons(self, keys: Sequence[str], limit: int, *, wide: bool = False) -> Iterable[tuple[str, int]]:
        for key in keys:
            for pk in self.by_key.get(key, ())[: limit if wide else None]:
                yield key, pk

    def traits(self, ids: Sequence[int]) -> Iterable[tuple[int, Traits]]:
        return [(pk, self.people[pk]) for pk in ids]

    def size(self) -> int:
        return len(self.people)


def rows_of(store: Any) -> tuple[int, int]:
    """Return how many keys and variants are kept."""
    return sum(map(len, store.by_key.values())), sum(map(len, store.by_variant.values()))

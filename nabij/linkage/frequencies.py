"""How often words occur in the file, and how often a misspelling of another word could look like them."""

import math
from collections.abc import Mapping

from .model import Model

# Somebody who is the only one in a small file is not rare for that: every file is read as part of a population.
POPULATION = 500
# How often a word occurs of which the file knows nothing.
UNSEEN = {"s": 2e-5, "g": 2e-4, "a": 5e-4, "c": 2e-3, "p": 1e-4}


class Frequencies:
    """Counts of words in a file of so many persons. `near`: per word, the counts of words a slip away and of words further away."""

    def __init__(
        self, total: int, counts: Mapping[tuple[str, str], int], near: Mapping[tuple[str, str], tuple[int, int]], model: Model, *, own: int = 0
    ) -> None:
        self.total, self.size = max(total, 1), total + POPULATION
        self.counts, self.near, self.own = counts, near, own
        self.same = model.match["surname"]["same"]
        self.slip = model.match["surname"]["near1"] / model.spread["near1"]
        self.far = model.match["surname"]["near2"] / model.spread["near2"]
        self._chances: dict[tuple[str, str], float] = {}

    def share(self, kind: str, word: str) -> float:
        """Return which part of all persons has this word; never nothing."""
        if kind == "t":
            return 3 / self.size
        return self._part(self.counts.get((kind, word), 0), kind)

    def unknown(self, kind: str, word: str) -> bool:
        """Tell whether the file was not asked how often this word occurs: then it is not rare, we do not know."""
        key = (kind, word)
        return bool(self.near) and key not in self.near and not self.counts.get(key, 0)

    def _part(self, count: int, kind: str) -> float:
        # who stands alone in a small file may be one of many elsewhere; what hundreds in it share is common elsewhere too, and must not look
        # rarer because the file is small: the more careful of a wider population, and of what the file itself shows beyond chance
        return max((count + POPULATION * UNSEEN[kind]) / self.size, (count - 2 * math.sqrt(max(count, 0))) / self.total)

    def chance(self, kind: str, word: str) -> float:
        """Return how likely it is that this is written down for somebody at random: the word itself, or a slip from another."""
        key = (kind, word)
        known = self._chances.get(key)
        if known is None:
            near, far = self.near.get(key, (0, 0))
            count = max(0, self.counts.get(key, 0) - self.own)
            known = self._chances[key] = self.same * self._part(count, kind) + (self.slip * near + self.far * far) / self.size
        return known

"""How likely two descriptions of a person are about the same person, and why.

Owns the rules of Dutch names, dates, addresses and numbers, the keys under which somebody can be found again, and the weights of evidence
(Fellegi and Sunter). Pure calculation: it knows no table and no room, so that it also works on two files. It never decides; a person does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .comparing import Scales, Weighed
from .dutch import DUTCH
from .english import ENGLISH
from .finding import Match, find, find_any
from .frequencies import Frequencies
from .keys import keys
from .memory import Memory
from .model import Model, start_model
from .persons import Person, Place, Traits, pack, traits, unpack
from .reasons import MAYBE, Sure, how_sure, reasons_in_words
from .rules import Rules

__all__ = [
    "DUTCH", "ENGLISH", "MAYBE", "Compared", "Frequencies", "Match", "Memory", "Model", "Person", "Place", "Rules", "Scales", "Sure",
    "Traits", "Weighed", "compare", "find", "find_any", "how_sure", "keys", "language", "pack", "reasons_in_words", "start_model", "traits", "unpack",
]  # fmt: skip

LANGUAGES = {"nl": DUTCH, "en": ENGLISH}


def language(code: str) -> Rules:
    """Return the rules of a language: `nl` or `en`."""
    return LANGUAGES[code]


@dataclass(frozen=True)
class Compared:
    """How likely it is that two descriptions are about one person, the weight of evidence, and the levels by which (`surname:same`)."""

    probability: float
    weight: float
    levels: tuple[str, ...]

    @property
    def reasons(self) -> list[str]:
        """Return why, in words of the reader's language."""
        return reasons_in_words(self.levels)


def compare(
    one: Person, other: Person, *, model: Model | None = None, shares: Frequencies | None = None, rules: Rules = DUTCH, size: int = 100_000
) -> Compared:
    """Weigh two persons. `shares`: how often words occur; without it each is as rare as an average name. `size`: persons in the file.

    The same whichever comes first; more that agrees never makes it less likely.
    """
    import math

    model = model or start_model()
    scales = Scales(model, shares or Frequencies(size, {}, {}, model), rules)
    weight, levels = scales.weigh(traits(one, rules), traits(other, rules))
    return Compared(model.probability(weight + math.log(model.known / (1 - model.known) / size)), weight, levels)


def compare_all(pairs: Sequence[tuple[Traits, Traits]], scales: Scales) -> list[Weighed]:
    """Weigh many pairs by the same scales."""
    return [scales.weigh(one, other) for one, other in pairs]

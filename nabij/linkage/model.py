"""How much each agreement and each difference weighs: the shares of Fellegi and Sunter's model, and how they become a probability."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol


class Shares(Protocol):
    """How often a word occurs in the file, and of how many persons it is part."""

    size: int

    def share(self, kind: str, word: str) -> float:
        """Return which part of all persons has this word."""
        ...

    def chance(self, kind: str, word: str) -> float:
        """Return how likely it is that this word is written down for somebody at random, misspellings of other words included."""
        ...

    def unknown(self, kind: str, word: str) -> bool:
        """Tell whether the file was not asked about this word."""
        ...


@dataclass(frozen=True)
class Model:
    """The weights of one language or file.

    `match`: per field, which part of the true pairs shows each level (m). `other`: per field, which part of pairs of different people does
    (u), where the file itself does not say it. `spread`: into how many spellings one word goes at each level. `slope` and `offset` turn
    summed weights into a probability that holds (Platt): fields are not independent, so a plain sum says too much.
    """

    match: Mapping[str, Mapping[str, float]]
    other: Mapping[str, Mapping[str, float]]
    spread: Mapping[str, float]
    slope: float = 1.0
    offset: float = 0.0
    # which part of those asked for is in the file at all
    known: float = 0.5
    logs: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name, levels in self.match.items():
            for level, m in levels.items():
                u = self.other.get(name, {}).get(level)
                self.logs[f"{name}:{level}"] = math.log(max(m, 1e-6)) - (math.log(max(u, 1e-9)) if u else 0.0)

    def probability(self, log_odds: float) -> float:
        """Return the calibrated probability of log odds."""
        value = self.slope * log_odds + self.offset
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))

    def with_match(self, match: Mapping[str, Mapping[str, float]]) -> "Model":
        """Return the model with other shares among true pairs."""
        return replace(self, match=match, logs={})

    def as_json(self) -> dict[str, Any]:
        """Return the model as it is kept in a file."""
        return {
            "match": {name: dict(levels) for name, levels in self.match.items()},
            "other": {name: dict(levels) for name, levels in self.other.items()},
            "spread": dict(self.spread), "slope": self.slope, "offset": self.offset, "known": self.known,
        }  # fmt: skip


def read_model(kept: Mapping[str, Any]) -> Model:
    """Return the model that `as_json` kept."""
    return Model(**{name: value for name, value in kept.items() if name != "note"})


@lru_cache
def start_model() -> Model:
    """Return the weights Nabij is shipped with (data/start.json says where they come from)."""
    return read_model(json.loads(files("nabij.linkage").joinpath("data/start.json").read_text(encoding="utf-8")))

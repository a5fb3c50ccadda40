"""Link two files of persons, or find who stands twice in one: the same keys and weights as search, learned anew from the files themselves."""

import gc
import math
import multiprocessing
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from .comparing import Against, Scales
from .finding import Counted, find_keys, gather, spell
from .frequencies import Frequencies
from .learning import learn, learn_strangers
from .memory import Memory
from .model import Model, start_model
from .persons import Traits
from .rules import Rules

SAMPLE = 1500  # persons from which the weights are learned
ROUNDS = 5
CHUNK = 250
LEAST = 0.01  # pairs less likely than this are not kept
CLOSE = 40  # candidates weighed for each person


class Pair(NamedTuple):
    """Two rows that could be one person: their places in the files, how likely, the weight of evidence and the levels by which."""

    left: int
    right: int
    probability: float
    weight: float
    levels: tuple[str, ...]


@dataclass
class Job:
    """What every process needs: both files, the rules and the weights. `twice`: one file against itself."""

    left: Sequence[Traits]
    right: Memory
    rules: Rules
    model: Model
    twice: bool = False

    def candidates(self, at: int) -> tuple[list[int], Frequencies]:
        """Return who of the right file could be this person of the left, and how often the words occur."""
        asked = self.left[at]
        known = spell([asked], self.right, self.rules)
        ids = gather(find_keys([asked], known, self.right, self.rules), self.right, most=CLOSE)
        shares = Frequencies(self.right.size(), Counted(known.counts, self.right.token), known.near, self.model, own=int(self.twice))  # type: ignore[arg-type]
        return [pk for pk in ids if not (self.twice and pk == at)], shares

    def pairs(self, at: int) -> list[Pair]:
        """Weigh one person of the left file against all candidates."""
        ids, shares = self.candidates(at)
        against, people = Against(Scales(self.model, shares, self.rules), self.left[at]), self.right.people
        weighed = [(pk, against.weigh(people[pk])) for pk in ids]
        prior = math.log(self.model.known / max(self.right.size(), 1))
        odds = {pk: math.exp(min(200.0, found.weight + prior)) for pk, found in weighed}
        rest = 1 - self.model.known + (0.0 if self.twice else math.fsum(odds.values()))
        found = []
        for pk, one in weighed:
            against = max(rest - (0.0 if self.twice else odds[pk]), 1e-60)
            probability = self.model.probability(math.log(max(odds[pk], 1e-60)) - math.log(against))
            if probability >= LEAST and not (self.twice and pk < at):
                found.append(Pair(at, pk, probability, one.weight, one.levels))
        return found


def link(
    left: Sequence[Traits], right: Sequence[Traits], rules: Rules, *, model: Model | None = None, learning: bool = True, one_to_one: bool = True,
    processes: int | None = None, told: Callable[[int, int], None] | None = None,
) -> tuple[list[Pair], Model]:  # fmt: skip
    """Return the pairs of two files that could be one person, the likeliest first, and the weights that were learned.

    `one_to_one`: nobody is linked twice. `told(done, of)` hears how far it is. Memory grows with the files, not with their product.
    """
    job = Job(left, Memory(right, rules), rules, model or start_model())
    return _run(job, learning, one_to_one, processes, told)


def duplicates(
    people: Sequence[Traits], rules: Rules, *, model: Model | None = None, learning: bool = True, processes: int | None = None,
    told: Callable[[int, int], None] | None = None,
) -> tuple[list[Pair], Model]:  # fmt: skip
    """Return the pairs of one file that could be one person, the likeliest first, and the weights that were learned."""
    job = Job(people, Memory(people, rules), rules, model or replace(start_model(), known=0.1, logs={}), twice=True)
    return _run(job, learning, False, processes, told)


def _run(job: Job, learning: bool, one_to_one: bool, processes: int | None, told: Callable[[int, int], None] | None) -> tuple[list[Pair], Model]:
    if learning:
        job.model = learned(job)
    found: list[Pair] = []
    for done, part in _parts(job, processes or multiprocessing.cpu_count()):
        found += part
        if told:
            told(done, len(job.left))
    found.sort(key=lambda pair: (-pair.probability, -pair.weight, pair.left, pair.right))
    return (_each_once(found) if one_to_one else found), job.model


def learned(job: Job) -> Model:
    """Return the weights as the files themselves say, from a sample of persons with their candidates."""
    draw = random.Random(7)  # noqa: S311 - a sample, no secret
    model = learn_strangers([*draw.sample(job.right.people, min(2000, job.right.size())), *job.left[:1000]], job.model, _nothing(job), job.rules)
    job.model = model
    sample = draw.sample(range(len(job.left)), min(SAMPLE, len(job.left)))
    asked = []
    for at in sample:
        ids, shares = job.candidates(at)
        asked.append((job.left[at], [job.right.people[pk] for pk in ids], shares))
    return learn(asked, model, job.rules, size=job.right.size(), rounds=ROUNDS)


def _nothing(job: Job) -> Frequencies:
    return Frequencies(job.right.size(), {}, {}, job.model)


def _each_once(pairs: list[Pair]) -> list[Pair]:
    """Keep the likeliest pair of each row, so that nobody is linked twice."""
    lefts: set[int] = set()
    rights: set[int] = set()
    kept = []
    for pair in sorted(pairs, key=lambda pair: (-round(pair.probability, 3), -pair.weight, pair.left, pair.right)):
        if pair.left not in lefts and pair.right not in rights:
            lefts.add(pair.left)
            rights.add(pair.right)
            kept.append(pair)
    return kept


# --- more processes

_job: Job | None = None


def _chunk(span: tuple[int, int]) -> tuple[int, list[Pair]]:
    assert _job is not None  # noqa: S101 - set before the processes are made
    return span[1] - span[0], [pair for at in range(*span) for pair in _job.pairs(at)]


def _parts(job: Job, processes: int) -> Iterator[tuple[int, list[Pair]]]:
    """Weigh all persons of the left file, in chunks; a process shares the files with its parent instead of copying them."""
    global _job  # noqa: PLW0603 - how a forked process finds the files
    _job = job
    edges = [*range(0, len(job.left), CHUNK), len(job.left)]
    done = 0
    if processes < 2 or len(job.left) <= 4 * CHUNK or "fork" not in multiprocessing.get_all_start_methods():
        results: Any = map(_chunk, pairwise(edges))
        for size, part in results:
            yield (done := done + size), part
        return
    gc.collect()
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        for size, part in pool.imap_unordered(_chunk, pairwise(edges)):
            yield (done := done + size), part
    gc.unfreeze()

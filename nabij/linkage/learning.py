"""Learn the weights from a file itself, without anybody saying which pairs are true: expectation maximisation, and calibration.

Each person asked for has some candidates, of whom at most one is the same person. How likely each is (by the weights so far) counts as that
part of a true pair; from all those parts come the shares of the levels (m), and from pairs drawn at random those of strangers (u).
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from .comparing import Against, Scales
from .model import Model, Shares
from .persons import Traits
from .rules import Rules

# levels that are shares of one whole; what stands in no group is a part of something else and keeps its weight
GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "surname": (("same", "sound", "near1", "near2", "near3", "start", "other"),),
    "given": (("same", "sound", "near1", "near2", "near3", "kin", "start", "letter", "other"), ("initial", "initial_other")),
    "prefix": (("same", "both_none", "short", "one_none", "other"),),
    "birth": (("same", "swapped", "year", "day", "month", "digit", "same_year", "other"),),
    "town": (("same", "near", "other"),),
    "street": (("same", "near", "other"),),
    "postcode": (("same", "near", "area", "other"),),
    "number": (("same", "addition", "other"),),
    "phone": (("same", "other"),),
    "email": (("same", "near", "other"),),
    "sex": (("same", "other"),),
    "region": (("same", "other"),),
    "id": (("same", "near", "other"),),
}  # fmt: skip
DRAWN = ("prefix", "sex", "region")  # what strangers share by chance, counted on pairs drawn at random; of dates and numbers it is reckoned
TRUST = 30.0  # the weights so far count as so many pairs: a small file changes them little

Asked = tuple[Traits, Sequence[Traits], Shares]


def learn(asked: Sequence[Asked], model: Model, rules: Rules, *, size: int, rounds: int = 6, told: Callable[[int], None] | None = None) -> Model:
    """Return the model that fits these persons and their candidates best, after so many rounds."""
    start = model
    for number in range(rounds):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        true = 0.0
        for one, others, shares in asked:
            true += _add(counts, one, others, Scales(model, shares, rules), model, size)
        known = min(0.999, max(0.01, (true + TRUST * model.known) / (len(asked) + TRUST)))
        model = replace(_refit(start, counts), known=known, logs={})
        if told:
            told(number + 1)
    return model


def _add(counts: dict[str, Counter[str]], one: Traits, others: Sequence[Traits], scales: Scales, model: Model, size: int) -> float:
    """Add the parts of true pairs of one person; return how likely it is that the person is among the candidates."""
    prior = math.log(model.known / max(size, 1))
    against = Against(scales, one)
    weighed = [against.weigh(other) for other in others]
    odds = [math.exp(min(200.0, found.weight + prior)) for found in weighed]
    whole = 1 - model.known + math.fsum(odds)
    for found, mine in zip(weighed, odds, strict=True):
        if mine / whole > 1e-4:
            for level in found.levels:
                name, _, shown = level.partition(":")
                counts[name]["same" if shown == "half" else shown] += mine / whole  # type: ignore[assignment]
    return math.fsum(odds) / whole


def _refit(model: Model, counts: dict[str, Counter[str]]) -> Model:
    match = {name: dict(levels) for name, levels in model.match.items()}
    for name, groups in GROUPS.items():
        for group in groups:
            mass, before = sum(counts[name][level] for level in group), sum(match[name].get(level, 0.001) for level in group)
            for level in group:
                kept = match[name].get(level, 0.001) / before
                match[name][level] = (counts[name][level] + TRUST * kept) / (mass + TRUST)
    crossed, straight = counts["crossed"]["yes"], sum(counts["surname"].values())
    match["crossed"]["yes"] = (crossed + TRUST * match["crossed"]["yes"]) / (crossed + straight + TRUST)
    return model.with_match(match)


def learn_strangers(people: Sequence[Traits], model: Model, shares: Shares, rules: Rules, *, pairs: int = 20_000, seed: int = 1) -> Model:
    """Return the model with what strangers share by chance in this file, counted on pairs drawn at random."""
    if len(people) < 50:
        return model
    draw, scales = random.Random(seed), Scales(model, shares, rules)  # noqa: S311 - a sample, no secret
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _number in range(pairs):
        one, other = draw.sample(people, 2)
        for level in (*scales.weigh(one, other).levels, *(("prefix:" + _prefix(one, other),) if one.surnames and other.surnames else ())):
            name, _, shown = level.partition(":")
            counts[name][shown] += 1
    shared = {name: dict(levels) for name, levels in model.other.items()}
    for name in DRAWN:
        whole = sum(counts[name].values())
        for level in GROUPS[name][0]:
            before = shared[name].get(level, 1e-6)
            shared[name][level] = (counts[name][level] + TRUST * before) / (whole + TRUST)
    return replace(model, other=shared, logs={})


def _prefix(one: Traits, other: Traits) -> str:
    from .levels import prefix_level

    return prefix_level(one.prefix, other.prefix)


def calibrate(model: Model, seen: Sequence[tuple[float, bool]], *, rounds: int = 30) -> Model:
    """Return the model whose probabilities hold: `seen` are log odds and whether it was true (Platt, by Newton's method)."""
    slope, offset = 1.0, 0.0
    for _round in range(rounds):
        g0 = g1 = h00 = h01 = h11 = 1e-9
        for x, true in seen:
            x = max(-40.0, min(40.0, x))
            p = 1 / (1 + math.exp(-max(-60.0, min(60.0, slope * x + offset))))
            w, error = max(p * (1 - p), 1e-9), true - p
            g0, g1 = g0 + error * x, g1 + error
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        whole = h00 * h11 - h01 * h01
        slope += max(-0.5, min(0.5, (h11 * g0 - h01 * g1) / whole))
        offset += max(-1.0, min(1.0, (h00 * g1 - h01 * g0) / whole))
    return replace(model, slope=slope, offset=offset, logs={})

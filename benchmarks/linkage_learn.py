"""Learn the weights Nabij is shipped with, from made-up persons: expectation maximisation, then calibration.

    .venv/bin/python benchmarks/linkage_learn.py --size 100000 --seed 21 --queries 2000 > nabij/linkage/data/start.json

Made-up persons lack what real ones do (marry, move to another town, use a second first name), so no share becomes smaller than LEAST says.
"""

import argparse
import json
import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from linkage_file import make_persons, person, rows_of

LEAST = {
    "surname": {"start": 0.003, "other": 0.01, "near3": 0.004, "near2": 0.02},
    "given": {"near2": 0.012, "near3": 0.003, "kin": 0.01, "start": 0.006, "letter": 0.012, "other": 0.012},
    "prefix": {"other": 0.03},
    "birth": {"other": 0.006, "same_year": 0.003, "month": 0.01, "digit": 0.006},
    "town": {"near": 0.01, "other": 0.03},
    "postcode": {"near": 0.01, "area": 0.01},
    "number": {"addition": 0.008, "other": 0.03},
}
NOTE = "Start values: learned on made-up Dutch persons by benchmarks/linkage_learn.py; docs/decisions/0009-linkage.md."


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--size", type=int, default=100_000)
    words.add_argument("--seed", type=int, default=21)
    words.add_argument("--queries", type=int, default=2000)
    words.add_argument("--folder", type=Path, default=Path("/tmp/nabij-linkage"))  # noqa: S108 - scratch
    asked = words.parse_args()
    people = make_persons(asked.folder, asked.size, seed=asked.seed, queries=6000)
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    model = learned(people, asked.queries)
    rounded = {name: _rounded(levels) for name, levels in model.as_json().items()}
    json.dump({"note": NOTE, **rounded}, sys.stdout, indent=1)


def learned(people: Path, count: int) -> Any:
    """Return the weights learned from the first questions, calibrated on them with the truth known."""
    from nabij.linkage import DUTCH, Memory, find, start_model, traits
    from nabij.linkage.learning import calibrate
    from nabij.linkage.linking import Job
    from nabij.linkage.linking import learned as learn

    town = Memory(traits(person(row)) for row in rows_of(people / "persons.csv"))
    rows = list(rows_of(people / "queries.csv"))[:count]
    questions = [traits(person(row)) for row in rows]
    model = _kept(replace(learn(Job(questions, town, DUTCH, start_model())), slope=1.0, offset=0.0, known=0.5, logs={}))
    seen = []
    for row, question in zip(rows, questions, strict=True):
        for match in find(question, town, model, DUTCH)[:3]:
            odds = math.log(max(match.probability, 1e-15) / max(1 - match.probability, 1e-15))
            seen.append((odds, match.id == int(row["true_id"])))
    return calibrate(model, seen)


def _kept(model: Any) -> Any:
    match = {name: dict(levels) for name, levels in model.match.items()}
    for name, least in LEAST.items():
        levels = match[name]
        group = [level for level in levels if level not in {"half", "part", "initial", "initial_other"}]
        for level in group:
            levels[level] = max(levels[level], least.get(level, 0.0))
        whole = sum(levels[level] for level in group)
        for level in group:
            levels[level] /= whole
    return model.with_match(match)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return float(f"{value:.3g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()

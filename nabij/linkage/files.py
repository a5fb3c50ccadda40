"""Link two CSV files, or find who stands twice in one, and write the pairs."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .dutch import DUTCH
from .english import ENGLISH
from .linking import Pair, duplicates, link
from .mapping import Columns, columns_of, read_mapping, rows
from .persons import Traits, traits
from .rules import Rules

LANGUAGES = {"nl": DUTCH, "en": ENGLISH}
HEADINGS = ("left_id", "right_id", "probability", "weight", "levels")


def read_people(path: Path, columns: Columns, rules: Rules) -> tuple[list[str], list[Traits]]:
    """Return by what a file names its rows, and the persons in comparable form."""
    names, people = [], []
    for at, row in enumerate(rows(path, columns), 1):
        names.append(columns.number(row, at))
        people.append(traits(columns.person(row), rules))
    return names, people


def link_files(
    left: Path, right: Path | None, *, out: Path, mapping: Path | None = None, language: str = "nl", threshold: float = 0.5, one_to_one: bool = True,
    learning: bool = True, processes: int | None = None, told: Callable[[int, int], None] | None = None, columns_told: Callable[[str, Columns], None] | None = None,
) -> int:  # fmt: skip
    """Write the pairs that are likely enough to OUT, the likeliest first, and return how many. `right` None: who stands twice in `left`.

    Raises Unmapped: a column that is not there, or no column with a name.
    """
    said: dict[str, Any] = read_mapping(mapping) if mapping else {}
    rules = LANGUAGES[said.get("language", language)]
    both, sides = said.get("both", {}), []
    for name, path in (("left", left), ("right", right)):
        if path is not None:
            columns = columns_of(path, {**both, **said.get(name, {})})
            if columns_told:
                columns_told(path.name, columns)
            sides.append(read_people(path, columns, rules))
    names, people = sides[0]
    if right is None:
        pairs, _model = duplicates(people, rules, learning=learning, processes=processes, told=told)
        return write_pairs(out, pairs, names, names, threshold)
    pairs, _model = link(people, sides[1][1], rules, learning=learning, one_to_one=one_to_one, processes=processes, told=told)
    return write_pairs(out, pairs, names, sides[1][0], threshold)


def write_pairs(out: Path, pairs: list[Pair], left: list[str], right: list[str], threshold: float) -> int:
    """Write pairs as CSV and return how many were likely enough."""
    kept = [pair for pair in pairs if pair.probability >= threshold]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for pair in kept:
            writer.writerow([left[pair.left], right[pair.right], f"{pair.probability:.4f}", f"{pair.weight:.2f}", " ".join(pair.levels)])
    return len(kept)

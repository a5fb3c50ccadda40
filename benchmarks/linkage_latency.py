"""How long does one look-up take? Warm, one process, the query behind the search page, beside pg_trgm on the same rows in the same run.

    .venv/bin/python benchmarks/linkage_latency.py --size 100000 [--database postgresql://...] [--folder /tmp/linkage]
"""

import argparse
import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from linkage_file import fill, machine, make_persons, person, rows_of, start, words_of

WARM = 300


Times = tuple[list[float], list[float]]


def milliseconds(rows: list[dict[str, str]], ask: Callable[[dict[str, str]], Any]) -> Times:
    """Ask every question after a warm start; return how long each took and how long this process worked on it, sorted."""
    for row in rows[:WARM]:
        ask(row)
    gc.collect()
    gc.freeze()
    taken, worked = [], []
    for row in rows:
        began, working = time.perf_counter(), time.process_time()
        ask(row)
        worked.append((time.process_time() - working) * 1000)
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken), sorted(worked)


def tell(what: str, times: Times) -> float:
    """Print one row of the table and return the 95th percentile."""
    at = [taken[min(len(taken) - 1, int(len(taken) * share))] for taken in times for share in (0.5, 0.95, 0.99)]
    print(f"| {what} | {at[0]:.2f} | {at[1]:.2f} | {at[2]:.2f} | {at[3]:.2f} | {at[4]:.2f} |", flush=True)
    return at[1]


def trigrams(rows: list[dict[str, str]]) -> tuple[Times, float]:
    """Ask the same by pg_trgm with a GIN index on name, street and town; return the times and how often the true person was first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("DROP TABLE IF EXISTS bench_trgm")
        cursor.execute("CREATE TABLE bench_trgm AS SELECT dossier_id AS id, replace(translate(line, chr(31)||chr(30)||chr(29), '   '), '  ', ' ') AS line"
                       " FROM residents_searchline")  # fmt: skip
        cursor.execute("CREATE INDEX bench_trgm_line ON bench_trgm USING gin (line gin_trgm_ops)")
        cursor.execute("ANALYZE bench_trgm")
    right = []

    def ask(row: dict[str, str]) -> None:
        from nabij.linkage import pack, traits

        text = " ".join(pack(traits(person(row))).translate({31: " ", 30: " ", 29: " "}).split())
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM bench_trgm WHERE line %% %s ORDER BY similarity(line, %s) DESC LIMIT 5", [text, text])
            found = [pk for (pk,) in cursor.fetchall()]
        if row["true_id"] != "-1":
            right.append(bool(found) and found[0] == int(row["true_id"]) + 1)

    taken = milliseconds(rows, ask)
    return taken, sum(right) / len(right)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--size", type=int, default=100_000)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--database", default="sqlite")
    words.add_argument("--folder", type=Path, default=Path("/tmp/nabij-linkage"))  # noqa: S108 - scratch
    words.add_argument("--questions", type=int, default=1000)
    words.add_argument("--trigrams", type=int, default=200, help="how many questions pg_trgm is asked")
    asked = words.parse_args()
    people = make_persons(asked.folder, asked.size, seed=asked.seed)
    start(people, asked.database)
    print(f"## {asked.size:,} persons, seed {asked.seed}, {asked.database.split(':')[0]}\n\n{machine()}\n")
    lead = fill(people)
    from nabij.access.tests.factories import actor_for
    from nabij.residents.linkage import look_up
    from nabij.residents.queries import search_residents

    rows, actor = list(rows_of(people / "queries.csv"))[: asked.questions], actor_for(lead)
    print("| milliseconds | p50 | p95 | p99 | p50 of own work | p95 of own work |\n|---|---:|---:|---:|---:|---:|")
    tell("look up, fields filled in", milliseconds(rows, lambda row: look_up([person(row)])))
    whole = tell("the search page's query, words typed in one box", milliseconds(rows, lambda row: search_residents(actor=actor, words=words_of(row))))
    if asked.database != "sqlite" and asked.trigrams:
        taken, first = trigrams(rows[: asked.trigrams])
        theirs = tell("pg_trgm (GIN) over the same rows", taken)
        print(f"\npg_trgm: true person first {first:.3f}; {theirs / whole:.0f} times as long at the 95th percentile.")


if __name__ == "__main__":
    main()

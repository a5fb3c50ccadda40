"""Is the true person first? Accuracy of search on made-up residents, by kind of noise, with strangers and a calibration table.

    .venv/bin/python benchmarks/linkage.py --size 100000 --seed 7 [--database postgresql://...] [--folder /tmp/linkage]

Weights were learned on another seed (21). Two ways of asking: fields filled in (a form, a message), and words typed in one box.
"""

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

from linkage_file import fill, machine, make_persons, person, rows_of, start, words_of


def measure(queries: Path, ask: Any) -> list[dict[str, Any]]:
    """Ask every question; return what came first, how sure, and at which place the true person stood."""
    from nabij.linkage import how_sure

    seen = []
    for row in rows_of(queries):
        true = int(row["true_id"]) + 1
        found = ask(row)
        place = next((at for at, one in enumerate(found, 1) if one.dossier_id == true), 0)
        said = [(one.probability, one.dossier_id == true) for one in found[:5]]
        tied = place > 1 and found[place - 1].weight > found[0].weight - 1e-6
        seen.append({"known": true > 0, "place": place, "tied": tied, "said": said, "sure": how_sure(found[0].probability, found[0].levels) if found else None, "noise": row["noise"].split("+") if row["noise"] else ["none"]})
    return seen


def tell(title: str, seen: list[dict[str, Any]]) -> None:
    """Print the figures of one way of asking."""
    from nabij.linkage import Sure

    known, strangers = [one for one in seen if one["known"]], [one for one in seen if not one["known"]]
    print(f"\n### {title}\n")
    print(f"- true person first: {_share(known, lambda one: one['place'] == 1)}; in the first five: {_share(known, lambda one: 1 <= one['place'] <= 5)}")
    missed = [one for one in known if one["place"] != 1]
    told = f"{sum(one['tied'] for one in missed)} fit exactly as well as who came first, {sum(not one['place'] for one in missed)} were not found at all"
    print(f"- of {len(missed)} who were not first {told}")
    best, threshold = max((_f1(seen, known, at / 100), at / 100) for at in range(5, 100))
    print(f"- F1, strangers included: {_f1(seen, known, 0.5):.4f} at 0.50; best {best:.4f} at {threshold:.2f}")
    wrong = sum(one["sure"] == Sure.CERTAIN for one in strangers)
    print(f"- “certain” said of {wrong} of {len(strangers)} strangers: {wrong / max(1, len(strangers)):.4f}")
    sure = [one for one in known if one["sure"] == Sure.CERTAIN]
    print(f"- “certain” said of {len(sure)} of {len(known)} known persons, right {sum(one['place'] == 1 for one in sure)} times")
    _by_noise(known)
    _calibration(seen)


def _share(of: list[dict[str, Any]], right: Any) -> str:
    return f"{sum(map(right, of)) / max(1, len(of)):.4f}"


def _f1(seen: list[dict[str, Any]], known: list[dict[str, Any]], least: float) -> float:
    said = [one for one in seen if one["said"] and one["said"][0][0] >= least]
    right = sum(one["place"] == 1 for one in said)
    return 2 * right / max(1, len(said) + len(known))


def _by_noise(known: list[dict[str, Any]]) -> None:
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in known:
        for kind in one["noise"]:
            kinds[kind].append(one)
    print("\n| noise | questions | first | first five |\n|---|---:|---:|---:|")
    for kind, of in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        print(f"| {kind} | {len(of)} | {_share(of, lambda one: one['place'] == 1)} | {_share(of, lambda one: 1 <= one['place'] <= 5)} |")


def _calibration(seen: list[dict[str, Any]]) -> None:
    tens: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in seen:
        for probability, true in one["said"]:
            tens[min(9, int(probability * 10))].append((probability, true))
    print("\n| said | people | said on average | right |\n|---|---:|---:|---:|")
    for ten, of in sorted(tens.items()):
        print(f"| {ten / 10:.1f}-{ten / 10 + 0.1:.1f} | {len(of)} | {sum(p for p, _ in of) / len(of):.3f} | {sum(t for _, t in of) / len(of):.3f} |")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--size", type=int, default=100_000)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--queries", type=int, default=1000)
    words.add_argument("--database", default="sqlite")
    words.add_argument("--folder", type=Path, default=Path("/tmp/nabij-linkage"))  # noqa: S108 - scratch
    asked = words.parse_args()
    people = make_persons(asked.folder, asked.size, seed=asked.seed, queries=asked.queries)
    start(people, asked.database)
    print(f"## {asked.size:,} persons, seed {asked.seed}, {asked.database.split(':')[0]}\n\n{machine()}")
    fill(people)
    from nabij.residents.linkage import look_up, read_words

    tell("Fields filled in", measure(people / "queries.csv", lambda row: look_up([person(row)])))
    tell("Words typed in one box", measure(people / "queries.csv", lambda row: look_up(read_words(words_of(row)))))


if __name__ == "__main__":
    main()

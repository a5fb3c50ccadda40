"""Take every guard away, one at a time, and see whether a test notices.

    python tools/mutants.py                            all guards, on SQLite
    python tools/mutants.py --database postgresql://.. what only PostgreSQL has: TRUNCATE, FOR SHARE, row locks; `--all`: everything
    python tools/mutants.py --only 'trigger commitment' nabij/commitments      some guards, some tests

Prints caught or not caught for each; figures go to benchmarks/results/mutants.json when everything was asked. Exit 1 when one is not caught.
docs/explanation/mutants.md says what counts as a guard.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# Made-up people, the linkage of files and the letters keep no promise of the spine; browser tests come last and catch nothing of their own.
WITHOUT = {"demo", "seed", "linkage", "letters"}
BESIDES = ["tests/api", "tests/house/test_permissions.py", "tests/house/test_database_refuses.py"]
ONLY_POSTGRES = r"^(trigger lock|row lock) |^trigger \S+truncate$"
AT_ONCE = re.compile("TRUNCATE|threading|meanwhile|at_once")


def arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tests", nargs="*", help="files or folders with tests; all rooms without it")
    words.add_argument("--only", default="", help="guards whose kind and name fit this expression")
    words.add_argument("--database", default="", help="a PostgreSQL server; `throwaway` starts one")
    words.add_argument("--all", action="store_true", help="on PostgreSQL as well every guard")
    return words.parse_args()


def tests_for(given: argparse.Namespace) -> list[str]:
    """Return which tests are run."""
    if given.tests:
        return list(given.tests)
    rooms = sorted(path.parent for path in ROOT.glob("nabij/*/tests") if path.parent.name not in WITHOUT)
    if given.database and not given.all:
        files = [file for room in rooms for file in sorted(room.glob("tests/test_*.py"))]
        return [str(file.relative_to(ROOT)) for file in files if AT_ONCE.search(file.read_text(encoding="utf-8"))]
    return [str(room.relative_to(ROOT)) for room in rooms] + BESIDES


def play(given: argparse.Namespace, to: Path) -> dict[str, Any]:
    """Run pytest with the plugin, and return what it tells."""
    only = given.only or (ONLY_POSTGRES if given.database and not given.all else "")
    vendor = "postgresql" if given.database else "sqlite"
    database = given.database if urlsplit(given.database).scheme else ""
    env = {**os.environ, "NABIJ_TEST_DATABASE": vendor, "NABIJ_DATABASE": database, "NABIJ_WITHOUT": "browser"}
    words = ["-q", "-n0", "-p", "no:randomly", "-p", "tests.support.mutants.playing", "--mutants-to", str(to), "--mutants-only", only]
    subprocess.run([sys.executable, "-m", "pytest", *words, *tests_for(given)], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=False)
    if not to.exists() or not to.stat().st_size:
        raise SystemExit("the tests did not run: try them without this command first")
    return dict(json.loads(to.read_text(encoding="utf-8")))


def figures_of(told: dict[str, Any]) -> dict[str, Any]:
    """Count by kind, and name what was not caught, what is kept by another, and which test catches each."""
    guards = told["guards"]
    kinds = Counter(re.match("trigger lock|row lock|\\S+", one["guard"])[0] for one in guards)
    missed = [one["guard"] for one in guards if not one["caught"]]
    return {
        "guards": len(guards),
        "caught": len(guards) - len(missed),
        "not_caught": missed,
        "kept_by_another": {one["guard"]: one["double"]["with"] for one in guards if "double" in one},
        "by_kind": dict(kinds),
        "tests": told["tests"],
        "red_without_any": told["red"],
        "seconds": told["seconds"],
        "caught_by": {one["guard"]: one["by"] for one in guards if one["caught"]},
    }


def main() -> int:
    given = arguments()
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        told = play(given, Path(file.name))
    figures = figures_of(told)
    print(f"\n{figures['caught']} of {figures['guards']} caught, {len(figures['kept_by_another'])} of them together with the guard that keeps the same promise")
    for name in figures["not_caught"]:
        print(f"NOT CAUGHT  {name}")
    if not given.only and not given.tests:
        from benchmarks.recording import keep

        print(keep("mutants", told["vendor"], figures))
    return 1 if figures["not_caught"] or told["red"] or not figures["guards"] else 0


if __name__ == "__main__":
    sys.exit(main())

"""Ask the API more than the suite does, and keep the figures.

    python tools/any_request.py --examples 400 [--database postgresql]
    python tools/any_request.py --examples 4000      the long profile

Exit 1 on a server error, an answer that is not as described, or an operation without a good answer. Figures go to benchmarks/results/any_request.json.
"""

import argparse
import ast
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# what the tests print of each way of asking: "GET /api/v1/my-day, odd: {200: 31, 422: 22}"
TOLD = re.compile(r"^\.*(.+), (edges|as described|wrong on purpose|odd|followed): (\{.*\})$", re.MULTILINE)


def figures_of(printed: str) -> dict[str, object]:
    """Return how many answers there were, per operation and per class of status."""
    operations: dict[str, Counter[str]] = {}
    for name, _way, statuses in TOLD.findall(printed):
        for status, count in ast.literal_eval(statuses).items():
            operations.setdefault(name, Counter())[str(status)] += count
    classes: Counter[str] = Counter()
    for counted in operations.values():
        for status, count in counted.items():
            classes[f"{status[0]}xx"] += count
    return {"requests": sum(classes.values()), "classes": dict(classes), "operations": operations}


def main() -> int:
    """Run the tests of the API with so many examples of each way of asking, and keep what was counted."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--examples", type=int, default=400)
    words.add_argument("--database", default="", help="a PostgreSQL server, or the word postgresql for one that is thrown away; SQLite without it")
    given = words.parse_args()
    server = given.database if "://" in given.database else ""
    vendor = urlsplit(server).scheme or given.database or "sqlite"
    env = {**os.environ, "NABIJ_API_EXAMPLES": str(given.examples), "NABIJ_TEST_DATABASE": vendor, "NABIJ_DATABASE": server}
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "tests/api", "-q", "-s", "-n0", "-p", "no:randomly"]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(done.stdout)
    if done.returncode == 0:
        from benchmarks.recording import keep

        figures = {"examples": given.examples, "seconds": round(time.monotonic() - began), "errors": 0, "breaks": 0, **figures_of(done.stdout)}
        print(keep("any_request", vendor, figures))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

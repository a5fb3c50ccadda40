"""Play random days for longer than the suite does, and keep the figures.

    python tools/random_days.py --examples 500 [--steps 50] [--database postgresql://..]
    python tools/random_days.py --examples 20000      the long profile

Exit 1 when a promise was broken; the shortest way to break it is printed. Figures go to benchmarks/results/random_days.json.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--examples", type=int, default=500)
    words.add_argument("--steps", type=int, default=50)
    words.add_argument("--database", default="", help="a PostgreSQL server; SQLite without it")
    given = words.parse_args()
    vendor = urlsplit(given.database).scheme or "sqlite"
    env = {**os.environ, "NABIJ_RANDOM_DAYS": f"{given.examples}x{given.steps}", "NABIJ_TEST_DATABASE": vendor, "NABIJ_DATABASE": given.database}
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "tests/machine", "-q", "-s", "-p", "no:randomly"]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    print(done.stdout)
    if done.returncode == 0:
        from benchmarks.recording import keep

        lines = re.findall(r"^(\S.*?) +(\d+) done +(\d+) refused$", done.stdout, re.MULTILINE)
        counted = {name: {"done": int(good), "refused": int(bad)} for name, good, bad in lines}
        figures = {"examples": given.examples, "steps": given.steps, "seconds": round(time.monotonic() - began), "broken": 0, "verbs": counted}
        print(keep("random_days", vendor, figures))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

"""Run every check and test: `python3 start.py test`. Leaves nothing out silently."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import cluster
from tests.support.browser import chromium_program

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
CHECKS = {
    "style (ruff)": [SCRIPTS / "ruff", "check", "--quiet", "."],
    "floors (import-linter)": [SCRIPTS / "lint-imports", "--no-logo"],
    "translations": [sys.executable, "tools/messages.py", "--check"],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "1"],
}


@dataclass
class Tally:
    """What ran, what failed, what was left out."""

    passed: int = 0
    skipped: int = 0
    failed: int = 0
    lines: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def note(self, name: str, good: bool, began: float) -> None:
        self.lines.append(f"{'ok    ' if good else 'FAILED'}  {time.monotonic() - began:6.1f} s  {name}")


def main(words: list[str]) -> int:
    """Run all parts one after another, then say in a few lines how it went."""
    parser = argparse.ArgumentParser(prog="start.py test")
    parser.add_argument("--without", action="append", default=[], choices=["browser", "postgres"])
    given, rest = parser.parse_known_args(words)
    tally = Tally(left_out=[f"{part} (--without {part})" for part in given.without])
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="nabij-suite-") as folder:
        environment = {**os.environ, "NABIJ_DATA": folder, "DJANGO_SETTINGS_MODULE": "nabij.config.settings"}
        for name, command in CHECKS.items():
            check(tally, name, list(map(str, command)), environment)
        environment["NABIJ_WITHOUT"] = " ".join(given.without + find_browser(tally, given.without))
        pytest(tally, "tests on SQLite", rest, environment, Path(folder) / "sqlite.xml")
        if "postgres" not in given.without:
            on_postgresql(tally, rest, environment, Path(folder) / "postgresql.xml")
    return report(tally, given.without, time.monotonic() - began)


def find_browser(tally: Tally, without: list[str]) -> list[str]:
    """Find Chromium, or install Debian's when that may be done; say which part cannot run without it."""
    if "browser" in without or chromium_program():
        return []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("nabij: installing Chromium", flush=True)
        install = ["install", "-y", "-qq", "--no-install-recommends", "fonts-dejavu-core"]
        for words in (["update", "-qq"], [*install, "chromium-headless-shell"], [*install, "chromium"]):
            if chromium_program() is None:
                subprocess.run(["apt-get", *words], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if chromium_program():
        return []
    tally.left_out.append("browser: no Chromium found (Debian: apt-get install chromium)")
    return ["browser"]


def check(tally: Tally, name: str, command: list[str], environment: dict[str, str]) -> None:
    """Run one quick check; what it says is shown only when it fails."""
    print(f"nabij: {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
        tally.failed += 1
    tally.note(name, done.returncode == 0, began)


def on_postgresql(tally: Tally, rest: list[str], environment: dict[str, str], results: Path) -> None:
    """Run again on a throwaway PostgreSQL what touches a database; of the browser tests only the main journey.

    Tests about the code (tests/house) that touch no database would only say the same thing twice.
    """
    try:
        server = cluster.start()
    except cluster.NoPostgres as trouble:
        tally.left_out.append(f"postgres: {trouble}")
        return
    asked = {"NABIJ_TEST_DATABASE": "postgresql", "NABIJ_DATABASE": server.url, "NABIJ_TEST_RUN": "again"}
    try:
        pytest(tally, f"tests on PostgreSQL ({server.programs})", rest, {**environment, **asked}, results)
        tally.lines.append("once    on SQLite: tests about the code that touch no database, browser tests but the main journey")
    finally:
        server.stop()


def pytest(tally: Tally, name: str, rest: list[str], environment: dict[str, str], results: Path) -> None:
    """Run the tests once, on as many processes as there are cores, and add up the results."""
    print(f"nabij: {name}", flush=True)
    began = time.monotonic()
    # worksteal: who is done takes over what another still has waiting
    words = ["-q", "-n", str(os.cpu_count() or 1), "--dist", "worksteal", "--durations=10", f"--junitxml={results}", *rest]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, env=environment, check=False)
    count = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    if results.exists():
        suite = ET.parse(results).getroot()[0]
        count = {key: int(suite.get(key, 0)) for key in count}
    bad = count["failures"] + count["errors"]
    tally.failed += bad or (1 if done.returncode else 0)
    tally.skipped += count["skipped"]
    tally.passed += max(0, count["tests"] - bad - count["skipped"])
    tally.note(name, done.returncode == 0, began)


def report(tally: Tally, without: list[str], seconds: float) -> int:
    """Print the summary; good is: nothing failed, something ran, and nothing was left out that was not asked for."""
    print()
    for line in tally.lines:
        print(line)
    for part in tally.left_out:
        print(f"NOT RUN  {part}")
    skipped = f", {tally.skipped} skipped" if tally.skipped else ""
    print(f"{seconds / 60:.1f} minutes in all")
    print(f"{tally.passed} passed, {tally.failed} failed{skipped}", flush=True)
    return 0 if tally.passed and not tally.failed and len(tally.left_out) == len(without) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

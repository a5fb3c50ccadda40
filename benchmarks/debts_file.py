"""Does a file with payment arrears come in whole, once, and quickly, also when the machine stops in the middle?

    python benchmarks/debts_file.py [--rows 10000] [--bad 500] [--database postgresql://..] [--write NAME]

Makes an empty municipality, writes a file with that many rows of which so many are bad in over twenty ways, and takes it in with
`nabij import_debts`: once killed for good in the middle (SIGKILL), once again to the end, and a third time. Compares every bad row with its
line and reason, and counts what came in. Writes figures with machine and date to benchmarks/results/.
"""

import argparse
import csv
import json
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results"
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from nabij.access.tests.factories import make_team
from nabij.partners.tests.factories import make_partner
team = make_team(name="Voordeur", kind="front_door")
make_partner(team.municipality, "Woonvereniging De Vliet")
"""
COUNT = """
import json, django; django.setup()
from nabij.commitments.models import Commitment, Turn
from nabij.debts.models import Debt, DebtFile, RefusedRow
from nabij.audit.models import Entry
from nabij.signals.models import Signal
print(json.dumps({
    "debts": Debt.objects.count(), "keys": Debt.objects.values("digest").distinct().count(), "signals": Signal.objects.count(),
    "commitments": Commitment.objects.count(), "turns": Turn.objects.count(), "receipts": Entry.objects.filter(verb="debts.take_row").count(),
    "refused": RefusedRow.objects.count(), "state": list(DebtFile.objects.values_list("state", flat=True)),
}))
"""


class House:
    """An empty house in a folder (and a database) of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NABIJ_")}
        self.env = {**kept, "NABIJ_DATA": str(folder), "NABIJ_DATABASE": database, "DJANGO_SETTINGS_MODULE": "nabij.config.settings"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start Python with these words."""
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", *words], cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *words: str) -> str:
        """Run Python with these words to the end. Raises RuntimeError when it fails."""
        process = self.start(*words)
        out, problem = process.communicate()
        if process.returncode:
            raise RuntimeError(problem[-2000:])
        return out

    def count(self) -> dict[str, Any]:
        """Return what is in the house."""
        found: dict[str, Any] = json.loads(self.run("-c", COUNT))
        return found

    def taken_in(self) -> int:
        """Return how many rows are in, asked of the database itself: a look that costs nothing, so that the kill falls in the middle."""
        query = "SELECT count(*) FROM debts_debt"
        if self.env["NABIJ_DATABASE"]:
            import psycopg

            with psycopg.connect(self.env["NABIJ_DATABASE"]) as connection:
                return connection.execute(query).fetchone()[0]
        with sqlite3.connect(f"file:{self.env['NABIJ_DATA']}/nabij.sqlite3?mode=ro", uri=True) as connection:
            return connection.execute(query).fetchone()[0]


def killed(house: House, words: list[str], at_least: int) -> float:
    """Start taking in, end it for good when so many rows are in; return the seconds it ran."""
    began, process = time.monotonic(), house.start("-m", "nabij", *words)
    while house.taken_in() < at_least and process.poll() is None:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return time.monotonic() - began


def compare(file: Path, wrong: dict[int, str]) -> None:
    """Refuse to go on when a bad row is not named with its own reason, or a good one is."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nabij.config.settings")
    import django

    django.setup()
    from django.utils.translation import override

    from nabij.debts.rows import REASONS

    with file.open(encoding="utf-8-sig", newline="") as handle:
        told = {int(row[0]): row[1] for row in list(csv.reader(handle, delimiter=";"))[1:]}
    assert set(told) == set(wrong), "other lines are refused than are wrong"  # noqa: S101 - this is what is measured
    with override("nl"):
        missing = [line for line, code in wrong.items() if str(REASONS[code]).split("%(detail)s", maxsplit=1)[0] not in told[line]]
    assert not missing, f"another reason is given on lines {missing[:5]}"  # noqa: S101


def measure(*, rows: int, bad: int, folder: Path, database: str = "") -> dict[str, Any]:
    """Do it all and return the figures. Raises AssertionError when a promise is broken."""
    sys.path.insert(0, str(ROOT))
    from nabij.debts.tests.factories import mixed

    house = House(folder, database)
    house.run("-c", PREPARE)
    content, wrong = mixed(rows - bad, bad, f"{datetime.now(UTC):%d-%m-%Y}")
    file, errors = folder / "achterstanden.csv", folder / "afgekeurd.csv"
    file.write_bytes(content)
    words = ["import_debts", str(file), "--partner", "Woonvereniging De Vliet", "--errors", str(errors)]
    dry = house.run("-m", "nabij", *words, "--dry-run")
    assert house.count()["debts"] == 0, "a try-out kept something"  # noqa: S101
    ran = killed(house, words, at_least=(rows - bad) // 4)
    half = house.count()
    assert 0 < half["debts"] < rows - bad, "it was not killed in the middle"  # noqa: S101
    began = time.monotonic()
    house.run("-m", "nabij", *words)
    rest = time.monotonic() - began
    whole = house.count()
    good = rows - bad
    once = {"debts": good, "keys": good, "signals": good, "commitments": good, "turns": good, "receipts": good}
    assert {name: whole[name] for name in once} == once, f"{whole}"  # noqa: S101
    assert (whole["refused"], whole["state"].count("done")) == (bad, 1)  # noqa: S101
    compare(errors, wrong)
    began = time.monotonic()
    again = house.run("-m", "nabij", *words)
    third = time.monotonic() - began
    assert house.count() == whole, "the same file again changed something"  # noqa: S101
    return {
        "rows": rows, "bad": bad, "kinds": len(set(wrong.values())), "database": "postgresql" if database else "sqlite",
        "killed_after_rows": half["debts"], "killed_after_seconds": round(ran, 1), "rest_seconds": round(rest, 1),
        "rows_per_second": round((good - half["debts"]) / rest, 1), "again_adds": 0, "again_seconds": round(third, 1),
        "try_out": dry.strip().splitlines()[-1], "last": again.strip().splitlines()[-1],
    }  # fmt: skip


def main() -> None:
    """Measure, print and write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--bad", type=int, default=500)
    asked.add_argument("--database", default="")
    asked.add_argument("--write", default="debts_file")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(rows=given.rows, bad=given.bad, folder=Path(folder), database=given.database)
    found |= {"machine": f"{platform.machine()}, {os.cpu_count()} cores", "python": platform.python_version(), "date": f"{datetime.now(UTC):%Y-%m-%d}"}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{given.write}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()

"""Do two hundred colleagues get through a working day without one error, and how long do they wait?

    python benchmarks/load.py --data FOLDER [--database postgresql://..] [--users 200] [--minutes 5] [--write load]

Works on a copy: of the data folder, of the database (CREATE DATABASE .. TEMPLATE), both thrown away afterwards. Two `granian` workers serve
it on the loopback address; locust plays the colleagues from a process of its own, each logged in, with 2 to 8 seconds between two acts.
An error is an answer of 500 or more, no answer, an answer nobody expects, or a line of the server about an error. That a colleague was
quicker is no error, and counted apart. Exit 1 when there was an error.
"""

import argparse
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from serving import ROOT, database, log_ins, part_of, served, tell, worker_memory

EACH = 25  # residents, and open things, that a colleague works with in these minutes
WRONG = re.compile(r"\b(ERROR|CRITICAL|Traceback|database is locked|deadlock|could not serialize)\b")


def arguments() -> argparse.Namespace:
    """Read which data, how many, how long."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="a data folder filled by `nabij seed`; with PostgreSQL the one with its secrets")
    parser.add_argument("--database", default="", help="postgresql://.. filled by `nabij seed`")
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--think", type=float, nargs=2, default=[2, 8], metavar=("LEAST", "MOST"), help="seconds between two acts")
    parser.add_argument("--write", metavar="NAME", default="", help="keep the figures in benchmarks/results/NAME.json")
    return parser.parse_args()


@contextlib.contextmanager
def copied(given: argparse.Namespace) -> Iterator[argparse.Namespace]:
    """Copy the folder and the database; yield where the copies are, and take them away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="nabij-load-"))
    shutil.copytree(given.data, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite3*"))
    name = f"nabij_load_{secrets.token_hex(4)}"
    try:
        if given.database:
            _ask(given.database, f'CREATE DATABASE "{name}" TEMPLATE "{urlsplit(given.database).path.strip("/")}"')
            url = urlunsplit(urlsplit(given.database)._replace(path=f"/{name}"))
        else:
            url = ""
            _copy_sqlite(given.data / "nabij.sqlite3", folder / "nabij.sqlite3")
        yield argparse.Namespace(**{**vars(given), "data": folder, "database": url})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if given.database:
            _ask(given.database, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _ask(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(statement)


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy with what still stands in the write-ahead log; the source is only read."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as there, contextlib.closing(sqlite3.connect(target)) as here:
        there.backup(here)


def colleagues(users: int) -> list[dict[str, Any]]:
    """Return what each simulated colleague knows: the log-in, residents, open things with a date, names to look for, the board of who leads."""
    from nabij.access.models import Dossier, Team
    from nabij.commitments.models import Commitment
    from nabij.residents.models import Resident

    found = []
    leads = dict(Team.objects.filter(lead__isnull=False).values_list("lead__worker_id", "ref"))
    for row, key in [*_leads(users // 12), *log_ins(users)][:users]:
        mine = Commitment.objects.filter(owner=row, closed_at__isnull=True, dossier__restricted=False, dossier__erased_at__isnull=True)
        team = Dossier.objects.filter(team=row.team, restricted=False, erased_at__isnull=True, root_id__isnull=False)
        names = Resident.objects.filter(dossier__in=team.order_by("-pk")[:EACH]).values_list("surname", flat=True)
        found.append({
            "key": key,
            "team": leads.get(row.worker_id, ""),
            "residents": list(team.order_by("-pk").values_list("ref", flat=True)[:EACH]),
            "open": list(mine.filter(kind__in=["case", "activity"]).values_list("ref", flat=True)[:EACH]),
            "names": [name for name in names if name] or ["Jansen"],
        })  # fmt: skip
    return [found[number % len(found)] for number in range(users)]


def _leads(count: int) -> list[tuple[Any, str]]:
    """Return some team leads, logged in: one in twelve colleagues looks at the board of the team."""
    return log_ins(count, role="lead")


def play(given: argparse.Namespace, port: int, plan: list[dict[str, Any]]) -> dict[str, Any]:
    """Let locust play in a process of its own; return what it measured."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "plan.json")
        asked = {"port": port, "users": given.users, "seconds": given.minutes * 60, "think": given.think, "colleagues": plan}
        file.write_text(json.dumps(asked), encoding="utf-8")
        done = subprocess.run([sys.executable, str(ROOT / "benchmarks" / "colleagues.py"), str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> int:
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # also when stopped, the copies and the server go
    with copied(given) as copy, database(copy) as environ, tempfile.TemporaryFile("w+") as said:
        plan = colleagues(given.users)
        print(f"{given.users} colleagues ({len({one['key'] for one in plan})} log-ins), {given.minutes:g} minutes ...", flush=True)
        with served("nabij", environ, said=said) as (port, pid):
            figures = play(given, port, plan)
            figures["worker_memory_mb"] = worker_memory(pid)
        said.seek(0)
        lines = [line.strip() for line in said if WRONG.search(line)]
        figures |= {"log_ins": len({one["key"] for one in plan}), "server_errors": len(lines), "server_said": lines[:3]}
        tell(given, part_of(copy), figures)
    return 1 if figures["errors"] or lines or not figures["requests"] else 0


if __name__ == "__main__":
    os.environ.setdefault("NABIJ_LOG_LEVEL", "WARNING")
    sys.exit(main())

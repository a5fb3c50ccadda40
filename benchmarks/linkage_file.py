"""A file of made-up residents in a scratch database, for the measurements of search: filled once, used again."""

import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = Path(os.environ.get("NABIJ_GEN_PERSONS", ROOT.parent / "shared/tools/gen_persons.py"))
sys.path.insert(0, str(ROOT))


def make_persons(folder: Path, size: int, *, seed: int, queries: int = 1000) -> Path:
    """Make persons and noisy questions with known truth, unless they are there already."""
    target = folder / f"persons-{size}-{seed}"
    if not (target / "queries.csv").exists():
        if not GENERATOR.exists():
            sys.exit(f"NOT MEASURED: the generator is not at {GENERATOR}. Say where it is with NABIJ_GEN_PERSONS.")
        subprocess.run([sys.executable, str(GENERATOR), str(size), str(target), str(queries), str(seed)], check=True)
    return target


def start(folder: Path, database: str) -> None:
    """Start Django on a scratch database and bring it up to date."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nabij.config.settings"
    os.environ["NABIJ_DATA"] = str(folder)
    if database != "sqlite":
        os.environ["NABIJ_DATABASE"] = database
    import django

    import nabij.config.settings  # noqa: F401 - puts the current SQLite in place

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill(people: Path, *, told: Any = print) -> Any:
    """Write the persons as residents of one team, with the tables of search, and return the team's lead."""
    from nabij.access.models import Membership, Team
    from nabij.access.tests.factories import make_team
    from nabij.residents.models import Resident, SearchLine

    team = Team.objects.first() or make_team()
    if not Resident.objects.exists():
        from nabij.residents.linkage import write_many
        from nabij.seed.bulk import in_a_hurry

        with in_a_hurry():  # a scratch database need not survive a power cut
            began = time.monotonic()
            _tables(people, team)
            told(f"residents written in {time.monotonic() - began:.0f} s, {time.process_time():.0f} s of own work")
            began = time.monotonic()
            _run("DROP INDEX search_key")
            write_many(((int(row["id"]) + 1, person(row)) for row in rows_of(people / "persons.csv")), batch=20_000)
            _run("CREATE INDEX search_key ON residents_searchkey (key, dossier_id)", "ANALYZE")
            told(f"tables of search written in {time.monotonic() - began:.0f} s, {time.process_time():.0f} s of own work in all")
    asked, there = sum(1 for _row in rows_of(people / "persons.csv")), SearchLine.objects.count()
    if asked != there:
        sys.exit(f"NOT MEASURED: {there} of {asked} persons are in the tables of search. Fill an empty database.")
    return Membership.objects.get(pk=team.lead_id)


def _run(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _tables(people: Path, team: Any) -> None:
    from nabij.access.models import Dossier
    from nabij.residents.models import Resident
    from nabij.seed.bulk import Sheet

    place = {"municipality_id": team.municipality_id, "controller_id": team.controller_id, "team_id": team.pk}
    opened = {"opened_at": datetime(2026, 1, 1, tzinfo=UTC), "erase_on": date(2036, 1, 1)}
    dossiers = Sheet(Dossier, "id", "ref", "root_id", *opened, **place)
    residents = Sheet(Resident, "dossier_id", "ref", "call_name", "prefix", "surname", "birth_year", "birth_month", "birth_day")
    ids = (int(row["id"]) + 1 for row in rows_of(people / "persons.csv"))
    dossiers.write((pk, _ref(pk), pk, *opened.values()) for pk in ids)
    rows = ((int(row["id"]) + 1, row) for row in rows_of(people / "persons.csv"))
    residents.write((pk, _ref(pk), row["given"], row["infix"], row["surname"], *map(int, row["dob"].split("-"))) for pk, row in rows)


def _ref(pk: int) -> str:
    return f"bench{pk:015d}"


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def person(row: dict[str, str]) -> Any:
    """Return a row of the generator as a person."""
    from nabij.linkage import Person

    year, month, day = map(int, row["dob"].split("-")) if row["dob"] else (None, None, None)
    return Person(
        surname=row["surname"], prefix=row["infix"], given_names=row["given"], birth_year=year, birth_month=month, birth_day=day,
        street=row["street"], number=row["nr"], postcode=row["postcode"], place=row["place"],
    )  # fmt: skip


def words_of(row: dict[str, str]) -> str:
    """Return a row as somebody would type it in one box: the name first or last, the pieces in any order."""
    draw = random.Random(row["qid"])
    name = " ".join(filter(None, (row["given"], row["infix"], row["surname"])))
    if row["given"] and draw.random() < 0.3:
        name = f"{' '.join(filter(None, (row['infix'], row['surname'])))}, {row['given']}"
    born = "-".join(str(int(part)) for part in reversed(row["dob"].split("-"))) if row["dob"] else ""
    address = " ".join(filter(None, (row["street"], row["nr"], row["postcode"], row["place"])))
    pieces = list(filter(None, (born, address)))
    draw.shuffle(pieces)
    return ", ".join([name, *pieces])


def machine() -> str:
    """Return the machine, the day and the load, for the results."""
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "?")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores of {model} · load {load} · Python {sys.version.split()[0]}"

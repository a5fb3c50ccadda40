"""When everybody takes the same signals at the same moment, does each get exactly one owner, and does everybody else hear who has it?

    python benchmarks/race.py [--signals 200] [--threads 50] [--processes 4] [--database postgresql://..]

Each thread of each process is a colleague with a connection of its own who takes every signal, in an order of its own. Counts owners, answers
and how long the slowest had to wait. Writes figures with machine and date to benchmarks/results/race.json.
"""

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def prepare(signals: int) -> None:
    """Write a town whose signals nobody has taken up yet."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from nabij.access.actor import public_actor
    from nabij.signals.actions import receive_signal
    from tests.machine.town import make_town

    call_command("migrate", verbosity=0)
    town, at = make_town(), timezone.now()
    for number in range(signals):
        actor = public_actor(at=at, request_id=f"first-{number}", origin="buur")
        receive_signal(
            actor=actor, at=at, channel="form", about="person", words=f"Zorg {number}", who="Iemand",
            municipality=town.municipality, reporter={"openness": "anonymous"},
        )  # fmt: skip
    connection.close()


def colleagues(threads: int, number: int, start: Any, told: Any) -> None:
    """One process: let its threads begin together, and tell what they heard."""
    import django

    django.setup()
    heard: list[tuple[str, float]] = []
    group = [threading.Thread(target=colleague, args=(number * threads + place, start, heard)) for place in range(threads)]
    for one in group:
        one.start()
    for one in group:
        one.join()
    told.put(heard)


def colleague(number: int, start: Any, heard: list[tuple[str, float]]) -> None:
    """Take every signal, in an order of one's own."""
    from django.db import connection
    from django.utils import timezone

    from nabij.access.actor import worker_actor
    from nabij.access.models import Membership
    from nabij.commitments.models import Commitment

    crew = list(Membership.objects.filter(team__name="Gors", paid=True).select_related("worker").order_by("pk"))
    rows = list(Commitment.objects.filter(kind="signal").select_related("team", "owner").order_by("pk"))
    random.Random(number).shuffle(rows)
    start.wait()
    for row in rows:
        actor = worker_actor(crew[number % len(crew)].worker, at=timezone.now()).again()
        began = time.monotonic()
        said = take(actor, row)
        heard.append((said, time.monotonic() - began))
    connection.close()


def take(actor: Any, commitment: Any) -> str:
    """Take one signal, and return what this colleague hears."""
    from nabij.commitments.actions import take_commitment
    from nabij.core.errors import Absent, Refused

    try:
        take_commitment(actor=actor, at=actor.at, commitment=commitment)
    except (Refused, Absent) as answer:
        named = any(name in str(answer) for name in ("Gors 0", "Gors 1", "Gors 2", "Gors 3"))
        return "taken by a named colleague" if named else f"refused: {answer}"
    except Exception as problem:
        return f"ERROR {type(problem).__name__}: {problem}"
    return "took it"


def count(heard: list[tuple[str, float]]) -> dict[str, Any]:
    """Count owners and answers."""
    from nabij.commitments.models import Commitment, Turn

    rows = Commitment.objects.filter(kind="signal")
    taken = Counter(Turn.objects.filter(commitment__kind="signal").values_list("commitment_id", flat=True))
    waits = sorted(seconds for _, seconds in heard)
    return {
        "signals": rows.count(),
        "with_one_owner": rows.filter(owner__isnull=False, taken_at__isnull=False).count(),
        "turns_more_than_two": sum(1 for times in taken.values() if times > 2),  # received, taken
        "answers": dict(Counter(said for said, _ in heard)),
        "seconds_p95": round(waits[int(len(waits) * 0.95)], 3),
        "seconds_slowest": round(waits[-1], 3),
    }


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("signals", 200), ("threads", 50), ("processes", 4)):
        words.add_argument(f"--{name}", type=int, default=number)
    words.add_argument("--database", default="", help="an EMPTY PostgreSQL database; SQLite without it")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="nabij-race-") as folder:
        os.environ.update({"NABIJ_DATA": folder, "NABIJ_DATABASE": given.database, "DJANGO_SETTINGS_MODULE": "nabij.config.settings"})
        prepare(given.signals)
        fresh = multiprocessing.get_context("spawn")
        start, told = fresh.Barrier(given.processes * given.threads), fresh.Queue()
        group = [fresh.Process(target=colleagues, args=(given.threads, number, start, told)) for number in range(given.processes)]
        for one in group:
            one.start()
        heard = [line for _ in group for line in told.get()]
        for one in group:
            one.join()
        figures = {"processes": given.processes, "threads": given.threads, **count(heard)}
    from benchmarks.recording import keep

    print(keep("race", urlsplit(given.database).scheme or "sqlite", figures).read_text())
    wrong = [said for said in figures["answers"] if said not in {"took it", "taken by a named colleague"}]
    whole = figures["with_one_owner"] == figures["signals"]  # who has it and takes it again hears that it is theirs
    return 0 if whole and not wrong and not figures["turns_more_than_two"] else 1


if __name__ == "__main__":
    sys.exit(main())

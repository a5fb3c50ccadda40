"""Is every acknowledged write still there, and nothing half, when programs are killed for good at random moments?

    python benchmarks/killing.py [--kills 200] [--database postgresql://..] [--seed 1]

Starts the web server and the job cluster on a small town, lets eight colleagues write without a pause (a signal, a task, taking something up)
and jobs run one after the other (sealing the record, the change of duty), and kills (SIGKILL) the web server or the job cluster with all their
processes, or one process and then the rest, at random moments. A colleague who got no answer sends the same form again, with the same request
id, until there is one. Then everything is counted, the record is sealed and proven, and every promise is looked at. Writes figures with machine and date to benchmarks/results/killing.json.
"""

import argparse
import http.client
import os
import random
import secrets
import socket
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from killing_programs import Programs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TOKEN = "x" * 32  # the same secret in cookie and header is what the server compares
WRITERS, SIGNALS, AT_WORK = 8, 480, 4
JOBS = ("seal", "hand_on")
CAPTURE = {"about": "person", "who": "Mevrouw De Wit", "channel": "phone", "urgency": "2", "openness": "known"}


@dataclass
class Town:
    """What the colleagues need to know: their sessions, and things that can be taken up."""

    sessions: list[str]
    to_take: list[str]


@dataclass
class Said:
    """What the colleagues sent, and what was acknowledged; marks and refs."""

    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    answers: dict[int, int] = field(default_factory=dict)
    lost_answers: int = 0


def prepare() -> Town:
    """Migrate, write a town, log eight colleagues in, and let 480 signals wait for somebody."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.core.management import call_command
    from django.utils import timezone

    from nabij.access.actor import public_actor
    from nabij.access.models import Membership
    from nabij.access.web.sessions import SessionStore
    from nabij.signals.actions import receive_signal
    from tests.machine.town import make_town

    call_command("migrate", verbosity=0)
    town, at = make_town(), timezone.now()
    paid = Membership.objects.filter(team=town.teams["Gors"], paid=True).select_related("worker")
    sessions = []
    for number in range(WRITERS):
        worker, store = paid[number % len(paid)].worker, SessionStore()
        store.update({SESSION_KEY: str(worker.pk), BACKEND_SESSION_KEY: "nabij.access.web.login.WorkerBackend", HASH_SESSION_KEY: worker.get_session_auth_hash()})
        store["second_factor"] = True
        store.create()
        sessions.append(store.session_key)
    refs = []
    for number in range(SIGNALS):
        actor = public_actor(at=at, request_id=f"first-{number}", origin="buur")
        made = receive_signal(
            actor=actor, at=at, channel="form", about="person", words=f"Zorg {number}", who="Iemand",
            municipality=town.municipality, reporter={"openness": "anonymous"},
        )  # fmt: skip
        refs.append(made.signal.commitment.ref)
    return Town(sessions, refs)


class Writer(threading.Thread):
    """A colleague who writes until told to stop."""

    def __init__(self, number: int, town: Town, port: int, said: Said, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.number, self.town, self.port, self.said, self.told = number, town, port, said, stop
        self.mine = town.to_take[number::WRITERS]

    def run(self) -> None:
        turn = 0
        while not self.told.is_set():
            turn += 1
            mark = f"kenmerk-{self.number}-{turn}"
            if turn % 3 == 0 and self.mine:
                ref = self.mine.pop()
                self.send(f"take {ref}", f"/commitments/{ref}/take", {})
            elif turn % 3 == 1:
                self.send(f"signal {mark}", "/capture", {**CAPTURE, "words": mark})
            else:
                self.send(f"task {mark}", "/commitments/tasks/new", {"what": mark, "due_on": "2031-03-03", "owner": self.owner})

    owner = ""

    def send(self, name: str, path: str, words: dict[str, str]) -> None:
        """Send one form until there is an answer; also when told to stop, so that nothing stays in doubt that was answered."""
        request_id = secrets.token_hex(12)
        self.said.sent[name] = request_id
        body = urlencode({**words, "request_id": request_id, "confirm": "yes"})
        while not self.told.is_set():
            status = self._post(path, body)
            if status:
                self.said.answers[status] = self.said.answers.get(status, 0) + 1
                if status in {200, 302, 303}:
                    self.said.acknowledged.add(name)
                return
            self.said.lost_answers += 1
            time.sleep(0.05)

    def _post(self, path: str, body: str) -> int:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN,
            "Cookie": f"sessionid={self.town.sessions[self.number]}; csrftoken={TOKEN}",
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def keep_busy(told: threading.Event) -> None:
    """See to it that the cluster has something to do whenever it is killed."""
    from django.db import connection
    from django_q.tasks import async_task

    turn = 0
    while not told.wait(0.5):
        turn += 1
        async_task(f"nabij.upkeep.jobs.{JOBS[turn % len(JOBS)]}")
    connection.close()


def count(said: Said) -> dict[str, Any]:
    """Count what is there against what was said, and look at every promise."""
    from django.db import connection
    from django.utils import timezone
    from django_q.models import Task

    from nabij.audit.actions import seal_entries
    from nabij.audit.models import Entry, Seal
    from nabij.audit.queries import verify
    from nabij.commitments.models import Commitment
    from nabij.core import triggers
    from nabij.core.models import DoneRequest
    from nabij.signals.models import Signal
    from tests.machine.promises import PROMISES

    signals = list(Signal.objects.filter(words__startswith="kenmerk-").values_list("words", flat=True))
    tasks = list(Commitment.objects.filter(what__startswith="kenmerk-", kind="task").values_list("what", flat=True))
    taken = set(Commitment.objects.filter(taken_at__isnull=False).values_list("ref", flat=True))
    there = {f"signal {mark}" for mark in signals} | {f"task {mark}" for mark in tasks} | {f"take {ref}" for ref in taken}
    remembered = set(DoneRequest.objects.values_list("request_id", flat=True))
    written = set(Entry.objects.exclude(request_id="").values_list("request_id", flat=True))
    half = [name for name, key in said.sent.items() if len({name in there, key in remembered, key in written}) > 1]
    seals = Seal.objects.count()
    seal_entries(at=timezone.now())
    verdict = verify()
    return {
        "sent": len(said.sent),
        "acknowledged": len(said.acknowledged),
        "never_acknowledged": len(set(said.sent) - said.acknowledged),
        "acknowledged_and_lost": sorted(said.acknowledged - there)[:5],
        "twice": len(signals) + len(tasks) - len(set(signals)) - len(set(tasks)),
        "half": half[:5],
        "record": verdict.broken or f"proven: {verdict.entries} entries in {verdict.seals} seals, {verdict.unsealed} not sealed yet",
        "rules_missing": triggers.missing(connection),
        "promises_broken": [promise.__name__ for promise in PROMISES if promise()],
        "answers": {str(status): times for status, times in sorted(said.answers.items())},
        "forms_sent_again": said.lost_answers,
        "seals_made_meanwhile": seals,
        "jobs_done_meanwhile": Task.objects.filter(success=True).count(),
        "jobs_failed_meanwhile": Task.objects.filter(success=False).count(),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(port: int) -> None:
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web server did not start")


def wait_until_answered(said: Said) -> None:
    """Wait until a few forms were answered since the last death: who dies, dies at work."""
    enough, last = sum(said.answers.values()) + AT_WORK, time.monotonic() + 60
    while sum(said.answers.values()) < enough:
        if time.monotonic() > last:
            raise SystemExit("nobody got an answer for a minute")
        time.sleep(0.01)


def play(kills: int, port: int, town: Town, programs: Programs, dice: random.Random, longest: float) -> Said:
    """Let everybody write while programs are killed; return what was said."""
    from rich.progress import track

    said, stop = Said(), threading.Event()
    writers = [Writer(number, town, port, said, stop) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    jobs = threading.Thread(target=keep_busy, args=(stop,), daemon=True)
    jobs.start()
    for _ in track(range(kills), description="killing"):
        wait_until_answered(said)
        time.sleep(dice.random() * longest)
        programs.kill("web" if dice.random() < 0.7 else "work", dice)
    wait_until_served(port)
    time.sleep(5)
    stop.set()
    for writer in writers:
        writer.join(30)
    jobs.join(30)
    return said


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--database", default="", help="an EMPTY PostgreSQL database; SQLite without it")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--wait", type=float, default=1.2, help="seconds at most between a program that answers and its end")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="nabij-killing-") as folder:
        os.environ.update({"NABIJ_DATA": folder, "NABIJ_DATABASE": given.database, "DJANGO_SETTINGS_MODULE": "nabij.config.settings"})
        port = free_port()
        os.environ["NABIJ_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        town = prepare()
        from nabij.access.models import Membership

        Writer.owner = Membership.objects.filter(team__name="Gors", paid=True).first().ref
        programs = Programs(port, dict(os.environ), town.sessions[0])
        programs.start("web")
        programs.start("work")
        began = time.monotonic()
        try:
            said = play(given.kills, port, town, programs, random.Random(given.seed), given.wait)
        finally:
            programs.stop()
        figures = {"kills": given.kills, "killed": programs.killed, "seconds": round(time.monotonic() - began), **count(said)}
    from benchmarks.recording import keep

    print(keep("killing", urlsplit(given.database).scheme or "sqlite", figures).read_text())
    bad = figures["acknowledged_and_lost"] or figures["half"] or figures["twice"] or figures["rules_missing"] or figures["promises_broken"]
    return 1 if bad or not str(figures["record"]).startswith("proven") else 0


if __name__ == "__main__":
    sys.exit(main())

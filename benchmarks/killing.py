"""Is every acknowledged write still there, and nothing half, when programs are killed for good at random moments?

    python benchmarks/killing.py [--kills 200] [--database postgresql://..] [--seed 1]

Starts the web server and the job worker on an empty town, lets eight colleagues write without a pause (a signal, a task, taking something up),
and kills (SIGKILL) the web server or the job worker with all their processes, or one process of them, at random moments. A colleague who got
no answer sends the same form again, with the same request id, until there is one. Then everything is counted, the record is proven, and every
promise is looked at. Writes figures with machine and date to benchmarks/results/killing.json.
"""

import argparse
import http.client
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TOKEN = "x" * 32  # the same secret in cookie and header is what the server compares
WRITERS = 8


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
    """Migrate, write a town, log eight colleagues in, and let 4,000 signals wait for somebody."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone

    from nabij.access.actor import public_actor
    from nabij.access.models import Membership
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
    for number in range(4_000):
        actor = public_actor(at=at, request_id=f"first-{number}", origin="buur")
        made = receive_signal(
            actor=actor, at=at, channel="form", about="person", words=f"Zorg {number}", who="Iemand",
            municipality=town.municipality, reporter={"openness": "anonymous"},
        )  # fmt: skip
        refs.append(made.signal.commitment.ref)
    return Town(sessions, refs)


class Programs:
    """The web server and the job worker, each in a process group of its own."""

    def __init__(self, port: int, env: dict[str, str]) -> None:
        self.port, self.env = port, env
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.log = subprocess.DEVNULL

    def start(self, name: str) -> None:
        words = ["serve", "--port", str(self.port), "--workers", "2"] if name == "web" else ["work"]
        command = [sys.executable, "-m", "nabij", *words]
        self.running[name] = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log, start_new_session=True)

    def processes(self, name: str) -> list[int]:
        """Return every process of a program, also those in a session of their own."""
        found, wanted = [self.running[name].pid], {self.running[name].pid}
        parents = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        while more := [pid for pid, parent in parents.items() if parent in wanted and pid not in wanted]:
            wanted |= set(more)
            found += more
        return found

    def kill(self, name: str, dice: random.Random) -> None:
        """Kill a whole program, or one of its processes and then the rest: nobody gets to say goodbye."""
        pids = self.processes(name)
        if dice.random() < 0.5:
            first = dice.choice(pids)
            _kill(first)
            time.sleep(dice.random() * 0.05)
        for pid in pids:
            _kill(pid)
        self.running[name].wait()
        self.start(name)

    def stop(self) -> None:
        for name in list(self.running):
            for pid in self.processes(name):
                _kill(pid)
            self.running[name].wait()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


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
                self.send(f"signal {mark}", "/capture", {"who": "Mevrouw De Wit", "words": mark, "channel": "phone", "urgency": "2", "source": "neighbour"})
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


def count(said: Said) -> dict[str, Any]:
    """Count what is there against what was said, and look at every promise."""
    from django.db import connection

    from nabij.audit.models import Entry
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
    verdict = verify()
    return {
        "sent": len(said.sent),
        "acknowledged": len(said.acknowledged),
        "acknowledged_and_lost": sorted(said.acknowledged - there)[:5],
        "twice": len(signals) + len(tasks) - len(set(signals)) - len(set(tasks)),
        "half": half[:5],
        "record": verdict.broken or f"proven: {verdict.entries} entries in {verdict.seals} seals, {verdict.unsealed} not sealed yet",
        "rules_missing": triggers.missing(connection),
        "promises_broken": [promise.__name__ for promise in PROMISES if promise()],
        "answers": {str(status): times for status, times in sorted(said.answers.items())},
        "forms_sent_again": said.lost_answers,
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


def play(kills: int, port: int, town: Town, programs: Programs, dice: random.Random) -> Said:
    """Let everybody write while programs are killed; return what was said."""
    from rich.progress import track

    said, stop = Said(), threading.Event()
    writers = [Writer(number, town, port, said, stop) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in track(range(kills), description="killing"):
        wait_until_served(port)
        time.sleep(0.1 + dice.random() * 1.2)
        programs.kill("web" if dice.random() < 0.7 else "work", dice)
    wait_until_served(port)
    time.sleep(5)
    stop.set()
    for writer in writers:
        writer.join(30)
    return said


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--database", default="", help="an EMPTY PostgreSQL database; SQLite without it")
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="nabij-killing-") as folder:
        os.environ.update({"NABIJ_DATA": folder, "NABIJ_DATABASE": given.database, "DJANGO_SETTINGS_MODULE": "nabij.config.settings"})
        port = free_port()
        os.environ["NABIJ_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        town = prepare()
        from nabij.access.models import Membership

        Writer.owner = Membership.objects.filter(team__name="Gors", paid=True).first().ref
        programs = Programs(port, dict(os.environ))
        programs.start("web")
        programs.start("work")
        try:
            said = play(given.kills, port, town, programs, random.Random(given.seed))
        finally:
            programs.stop()
        figures = {"kills": given.kills, **count(said)}
    from benchmarks.recording import keep

    print(keep("killing", urlsplit(given.database).scheme or "sqlite", figures).read_text())
    bad = figures["acknowledged_and_lost"] or figures["half"] or figures["twice"] or figures["rules_missing"] or figures["promises_broken"]
    return 1 if bad or not str(figures["record"]).startswith("proven") else 0


if __name__ == "__main__":
    sys.exit(main())

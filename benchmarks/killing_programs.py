"""The programs that `killing.py` kills: the web server of `nabij serve` and the job cluster of `nabij work`, born in a moment.

A nursery (this file run as a program) loads Nabij once and forks a program each time it is asked, so that 200 deaths cost seconds of loading and
not half an hour. What is forked is the same server (granian, two workers of one thread) and the same cluster; each in a session of its own.
"""

import os
import random
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LONGEST = 30.0  # seconds until everything that was killed is gone


class Programs:
    """The web server and the job cluster: start them, find all their processes, kill them."""

    def __init__(self, port: int, env: dict[str, str], session: str) -> None:
        self.sessions: dict[str, int] = {}
        self.killed = {"web": 0, "work": 0, "processes": 0}
        words = [sys.executable, __file__, str(port), session]
        self.nursery: Any = subprocess.Popen(words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def start(self, name: str) -> None:
        self.nursery.stdin.write(f"{name}\n")
        self.nursery.stdin.flush()
        line = self.nursery.stdout.readline()
        if not line:
            raise SystemExit("the nursery died")
        self.sessions[name] = int(line)

    def kill(self, name: str, dice: random.Random) -> None:
        """Kill a whole program, or one of its processes and then the rest, and start it again: nobody gets to say goodbye."""
        pids = living(self.sessions[name])
        self.killed[name] += 1
        if pids and dice.random() < 0.5:
            self.killed["processes"] += _kill(dice.choice(pids))
            time.sleep(dice.random() * 0.05)
        self.end(name)
        self.start(name)

    def end(self, name: str) -> None:
        """Kill until nothing is left, also what was born while we killed."""
        last = time.monotonic() + LONGEST
        while pids := living(self.sessions[name]):
            self.killed["processes"] += sum(_kill(pid) for pid in pids)
            time.sleep(0.005)
            if time.monotonic() > last:
                raise SystemExit(f"{name} does not die")

    def stop(self) -> None:
        for name in list(self.sessions):
            self.end(name)
        self.nursery.kill()
        self.nursery.wait()


def living(session: int) -> list[int]:
    """Return every process of a session that is not dead yet."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _parent, _group, its_session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(its_session) == session and state not in "ZX":
            found.append(int(folder.name))
    return found


def _kill(pid: int) -> int:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1


def web(port: int) -> None:
    """Serve, with the words of `nabij serve`."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "nabij.config.wsgi:application", address="127.0.0.1", port=port, interface=Interfaces.WSGI, workers=2, blocking_threads=1,
        websockets=False, log_level=LogLevels.error, workers_kill_timeout=5,
    ).serve()  # fmt: skip


def work(_port: int) -> None:
    """Do the jobs, as `nabij work` does."""
    from django.core.management import call_command
    from django.utils import timezone

    from nabij.upkeep.jobs import put_in_place

    put_in_place(at=timezone.now())
    call_command("qcluster")


def main() -> None:
    """Fork a program for every line that comes in, and say its process id."""
    for loaded in ("nabij.config.wsgi", "granian", "django_q.cluster"):
        import_module(loaded)  # once, for all that are born here
    from django.db import connections
    from django.urls import get_resolver

    get_resolver()._populate()
    _open_pages(sys.argv[2])
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are nobody's to bury
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(line.strip())
        print(pid, flush=True)


def _open_pages(session: str) -> None:
    """Open the forms once and send them empty, so that who is born here has read the templates already."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = session
    for path in ("/capture", "/commitments/tasks/new"):
        for answer in (client.get(path), client.post(path, {})):
            if answer.status_code not in {200, 422}:
                raise SystemExit(f"{path} answers {answer.status_code}")


def _live(name: str) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(quiet, 1)
    try:
        {"web": web, "work": work}[name](int(sys.argv[1]))
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()

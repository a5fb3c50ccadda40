"""Start Nabij and the floor on the same server and the same database, and load both from another process.

Every benchmark that serves pages uses this: `granian`, two workers of one thread each, SQLite or PostgreSQL, a log-in with its second step
done, rights and read log on. The load comes from `wrk` on the loopback address (apt install wrk). Floor and page take turns, several rounds;
the ratio is that of the medians.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# Requests at a time (the kernel divides them over the two workers by chance: of four, one time in eight all came to one); log-ins that take turns.
CONNECTIONS, WORKERS = 8, 20
SERVERS = {"nabij": ("nabij.config.wsgi:application", 8171), "floor": ("benchmarks.floor:application", 8172)}
LUA = """
local turns = {%s}
math.randomseed(%d)
local turn = math.random(#turns)
local count = 0
request = function()
  turn = turn %% #turns + 1
  count = count + 1
  local one = turns[turn]
  local body = one.body and one.body:gsub("@ID@", one.mark .. tostring(count) .. tostring(math.random(1000000000)) .. "-%d")
  return wrk.format(one.method, one.path, one.headers, body)
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %%f %%f %%f %%d\\n", summary.requests / (summary.duration / 1000000), latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


def arguments(about: str) -> argparse.Namespace:
    """Read which database, how long, how often."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a data folder filled by `nabij seed`; without it one is made and thrown away")
    parser.add_argument("--database", default="", help="postgresql://.. filled by `nabij seed`, with the secrets in --data")
    parser.add_argument("--size", type=int, default=1000, help="residents, when a database has to be made (default 1000)")
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", metavar="NAME", default="", help="keep the figures in benchmarks/results/NAME.json")
    return parser.parse_args()


@contextlib.contextmanager
def database(given: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Set up Django on the database that was asked for, making and filling one when none was."""
    data = given.data or Path(tempfile.mkdtemp(prefix="nabij-bench-"))
    os.environ |= {"NABIJ_DATA": str(data), "NABIJ_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "nabij.config.settings"}
    os.environ.pop("NABIJ_DATABASE", None)
    if given.database:
        os.environ["NABIJ_DATABASE"] = given.database
    (data / "static").mkdir(exist_ok=True)
    for words in [["migrate", "-v0"], *([["seed", "--size", str(given.size)]] if given.data is None else [])]:
        subprocess.run([sys.executable, "-m", "nabij", *words], cwd=ROOT, check=True, capture_output=True)
    import django

    django.setup()
    try:
        yield dict(os.environ)
    finally:
        from django.db import connection

        connection.close()
        if given.data is None:
            shutil.rmtree(data, ignore_errors=True)


def part_of(given: argparse.Namespace) -> str:
    """Return under which name the figures are kept: database and size."""
    from nabij.access.models import Dossier

    return f"{'postgresql' if given.database else 'sqlite'}, {Dossier.objects.count()} residents"


def log_ins(count: int = WORKERS, role: str = "worker") -> list[tuple[Any, str]]:
    """Return workers (or who has another role) with a list of usual length, each with a session that has its second step done."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db.models import Count, Q

    from nabij.access.models import Membership
    from nabij.access.web.sessions import SessionStore

    busy = Count("commitments", filter=Q(commitments__closed_at__isnull=True))
    rows = Membership.objects.filter(role=role, paid=role != "volunteer").annotate(busy=busy).select_related("worker", "team")
    found = []
    for row in sorted(rows, key=lambda row: abs(row.busy - 215))[:count]:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(row.worker_id), "nabij.access.web.login.WorkerBackend"
        session[HASH_SESSION_KEY], session["second_factor"] = row.worker.get_session_auth_hash(), True
        session.create()
        found.append((row, session.session_key))
    return found


@contextlib.contextmanager
def served(name: str, environ: dict[str, str], said: IO[str] | None = None) -> Iterator[tuple[int, int]]:
    """Serve Nabij or the floor; yield its port and the process. `said`: where it writes what goes wrong."""
    target, port = SERVERS[name]
    with contextlib.suppress(OSError):
        HTTPConnection("127.0.0.1", port, timeout=2).connect()
        raise SystemExit(f"NOT MEASURED: another server listens on port {port}, and would get part of the questions.")
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--workers", "2", "--blocking-threads", "1", "--log-level", "error"]
    running = subprocess.Popen([sys.executable, "-m", "granian", *words, target], cwd=ROOT, env=environ, stderr=said or subprocess.DEVNULL)
    try:
        for _try in range(300):
            with contextlib.suppress(OSError):
                HTTPConnection("127.0.0.1", port, timeout=2).connect()
                break
            time.sleep(0.1)
        time.sleep(1)
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(20)


def check(port: int, turn: dict[str, Any]) -> int:
    """Ask once and return the length of the answer; a page that says no is no measurement."""
    asked = HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request(turn["method"], turn["path"], (turn.get("body") or "").replace("@ID@", f"check{time.time_ns()}"), turn["headers"])
    answer = asked.getresponse()
    text = answer.read()
    if answer.status not in turn.get("good", (200,)):
        raise SystemExit(f"{turn['path']} answers {answer.status}: {text[:300]!r}")
    return len(text)


def load(port: int, turns: list[dict[str, Any]], seconds: int) -> dict[str, float]:
    """Ask as fast as it goes, several at a time; return requests per second and milliseconds."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is needed to measure: apt install wrk")
    shown, nonce = ",".join(_lua(turn) for turn in turns), time.time_ns() % 10**9
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA % (shown, nonce, nonce))  # another start each time: no id of a form comes twice
        script.flush()
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s", "-s", script.name, f"http://127.0.0.1:{port}"]
        answer = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\S+) (\S+) (\S+) (\d+)", answer)
    if not found or int(found[4]):
        raise SystemExit(f"errors while measuring:\n{answer}")
    return {"requests_per_second": float(found[1]), "p50_ms": float(found[2]), "p95_ms": float(found[3])}


def _lua(turn: dict[str, Any]) -> str:
    headers = ",".join(f"[{json.dumps(name)}]={json.dumps(value)}" for name, value in turn["headers"].items())
    body = json.dumps(turn["body"]) if turn.get("body") else "nil"
    return f"{{method={json.dumps(turn['method'])},path={json.dumps(turn['path'])},headers={{{headers}}},body={body},mark={json.dumps(turn.get('mark', 'x'))}}}"


def page(path: str, key: str) -> dict[str, Any]:
    """Return one request for a page by a log-in."""
    return {"method": "GET", "path": path, "headers": {"Cookie": f"sessionid={key}", "Host": "localhost"}}


def queries_of(turn: dict[str, Any]) -> int:
    """Return how many statements one page asks the database, session and read log included; asked twice, the second time counts."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    client.cookies["sessionid"] = turn["headers"]["Cookie"].partition("=")[2]
    client.get(turn["path"])
    with CaptureQueriesContext(connection) as seen:
        client.get(turn["path"])
    return len(seen)


def worker_memory(pid: int) -> list[float]:
    """Return the memory of each worker process in MB (resident set)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            facts = (folder / "status").read_text()
            parent, rss = re.search(r"PPid:\s+(\d+)", facts), re.search(r"VmRSS:\s+(\d+)", facts)
            if parent and rss and int(parent[1]) == pid:
                found.append(round(int(rss[1]) / 1024, 1))
    return [one for one in found if one > 20]


def in_turns(given: argparse.Namespace, environ: dict[str, str], asked: dict[str, tuple[str, list[dict[str, Any]]]]) -> dict[str, Any]:
    """Load each of these (server, requests) in turn, for some rounds; return the medians, and the memory of Nabij's workers afterwards."""
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in asked}
    with served("nabij", environ) as (port, pid), served("floor", environ) as (floor_port, _pid):
        ports = {"nabij": port, "floor": floor_port}
        for server, turns in asked.values():
            for turn in turns:
                check(ports[server], turn)
            load(ports[server], turns, 2)  # warm
        for _round in range(given.rounds):
            for name, (server, turns) in asked.items():
                figures[name].append(load(ports[server], turns, given.seconds))
        memory = worker_memory(pid)
    medians = {name: {key: round(statistics.median(one[key] for one in some), 2) for key in some[0]} for name, some in figures.items()}
    return {**medians, "worker_memory_mb": memory}


def ratio(figures: dict[str, Any], name: str, floor: str = "floor") -> float:
    """Return how many of the floor's requests per second something reaches."""
    return round(figures[name]["requests_per_second"] / figures[floor]["requests_per_second"], 3)


def tell(given: argparse.Namespace, part: str, figures: dict[str, Any]) -> None:
    """Print the figures, and keep them when asked."""
    print(json.dumps({part: figures}, indent=2))
    if given.write:
        from benchmarks.recording import keep

        keep(given.write, part, figures)

"""Does any page grow with the number of residents? Every page that somebody of every role can reach by its links.

    python benchmarks/every_page.py --data FOLDER [--database postgresql://..] --small FOLDER [--small-database postgresql://..] [--write every_page]

The first of 100,000 residents, the second of 1,000 (`nabij seed --size`). Follows the links as somebody with a list of usual length would, some
pages of each address, asks the database the questions of each page again, alone, and takes the best of some times: of PostgreSQL without the
planning, which does not grow. Aim: no question above 3 ms. Told are the slowest pages, and how many times the time with few residents it is;
a page over a whole team or municipality holds more in the large one, and is longer for that.
"""

import argparse
import json
import logging
import os
import re
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from serving import ROOT, log_ins

LINK = re.compile(r"""(?:href|hx-get|action|formaction)="(/[^"#]*)""")
QUERY = re.compile(r"(?is)^\s*(select|with)\b")
ENOUGH, TRIES = 3, 6  # pages of one address that are measured, and that are tried
LEAVE = ("logout", "/static/", "/account/", "/i18n", "/mijn-dossier/leave")
AIM = 3.0  # ms


class Overheard:
    """Keeps what a page asks the database."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any, bool]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        own = type(getattr(context["cursor"], "cursor", None)).__name__ == "Asking"
        self.asked.append((sql, list(params) if isinstance(params, (list, tuple)) else params, own))
        return execute(sql, params, many, context)


def alone(sql: str, params: Any, own: bool) -> float:
    """Ask one question again, with all its rows, and return the best of some times in milliseconds; of PostgreSQL without the planning, which does not grow."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return min(_executed(sql, params, own) for _time in range(3))
    best, began = 1e9, time.perf_counter()
    for _time in range(7):
        with connection.asking() if own else connection.cursor() as cursor:
            start = time.perf_counter()
            cursor.execute(sql, params)
            cursor.fetchall()
            best = min(best, time.perf_counter() - start)
        if time.perf_counter() - began > 1:
            break
    return best * 1000


def _executed(sql: str, params: Any, own: bool) -> float:
    from django.db import connection

    with connection.asking() if own else connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
        return float((json.loads(told) if isinstance(told, str) else told)[0]["Execution Time"])


def measured(client: Any, path: str) -> dict[str, Any]:
    """Return how many statements a page asks, and the slowest of them when asked alone."""
    from django.db import connection

    with connection.execute_wrapper(overheard := Overheard()):
        client.get(path)
    times = [(alone(*one), one[0]) for one in overheard.asked if QUERY.match(one[0])]
    slowest, sql = max(times, default=(0.0, ""))
    return {"path": path, "queries": len(overheard.asked), "slowest_ms": round(slowest, 2), "database_ms": round(sum(one for one, _sql in times), 2), "sql": sql}


def crawl(client: Any, start: list[str]) -> Iterator[tuple[str, str]]:
    """Yield address and path of what the links lead to, a few of each address."""
    from django.urls import Resolver404, resolve

    waiting, seen, good, tried = deque(start), set(start), Counter(), Counter()
    while waiting:
        path = waiting.popleft()
        try:
            route = resolve(path.partition("?")[0]).route
        except Resolver404:
            continue
        if good[route] >= ENOUGH or tried[route] >= TRIES or any(word in path for word in LEAVE):
            continue
        tried[route] += 1
        answer = client.get(path)
        if answer.status_code in (301, 302) and answer["Location"].startswith("/") and answer["Location"] not in seen:
            waiting.append(answer["Location"])
        if answer.status_code != 200:
            continue
        good[route] += 1
        yield f"/{route}", path
        words = answer.content.decode(errors="replace") if "html" in answer.get("Content-Type", "") else ""
        for link in LINK.findall(words.replace("&amp;", "&")):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def plain_addresses() -> list[str]:
    """Return every address without a ref in it."""
    from django.urls import get_resolver

    def walk(resolver: Any, before: str = "") -> Iterator[str]:
        for one in resolver.url_patterns:
            whole = before + str(one.pattern)
            yield from walk(one, whole) if hasattr(one, "url_patterns") else [whole]

    return sorted("/" + one for one in walk(get_resolver()) if not re.search(r"[<(^$]", one))


def of_role(role: str) -> dict[str, dict[str, Any]]:
    """Measure what somebody of this role can reach."""
    from django.test import Client

    client, found = Client(HTTP_HOST="localhost"), {}
    for _row, key in log_ins(1, role):
        client.cookies["sessionid"] = key
        paths = list(crawl(client, ["/", *plain_addresses()]))
        for route, path in paths:
            one = measured(client, path)
            if one["slowest_ms"] >= found.get(f"{role} {route}", {"slowest_ms": -1})["slowest_ms"]:
                found[f"{role} {route}"] = one
    return found


def measure() -> dict[str, dict[str, Any]]:
    """Measure the database of this process, for every role."""
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from nabij.access.models import Role

    found: dict[str, dict[str, Any]] = {}
    for role in Role.values:
        found |= of_role(role)
    return found


def asked_of(data: Path, url: str) -> dict[str, dict[str, Any]]:
    """Measure one database in a process of its own."""
    environ = {**os.environ, "NABIJ_DATA": str(data), "NABIJ_DATABASE": url, "NABIJ_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "nabij.config.settings"}
    answer = subprocess.run([sys.executable, __file__, "--here"], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(answer.stdout.rpartition("RESULT ")[2])


def compared(large: dict[str, dict[str, Any]], small: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return how many pages there are, and those with a question above the aim, the slowest first."""
    slow = sorted((name for name, one in large.items() if one["slowest_ms"] > AIM), key=lambda name: -large[name]["slowest_ms"])
    told = {}
    for name in slow:
        facts = {key: large[name][key] for key in ("slowest_ms", "database_ms", "queries")}
        if name in small:
            facts |= {"small_ms": small[name]["slowest_ms"], "times": round(large[name]["slowest_ms"] / max(small[name]["slowest_ms"], 0.05), 1)}
        told[name] = facts
    return {"pages": len(large), "above_3_ms": told}


if __name__ == "__main__":
    if "--here" in sys.argv:
        print("RESULT", json.dumps(measure()))
        sys.exit()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--small", type=Path)
    parser.add_argument("--small-database", default="")
    parser.add_argument("--write", metavar="NAME", default="")
    parser.add_argument("--all", type=Path, metavar="FILE", help="keep every page with its slowest question here")
    given = parser.parse_args()
    large = asked_of(given.data, given.database)
    if given.all:
        given.all.write_text(json.dumps(large, indent=1), encoding="utf-8")
    figures = compared(large, asked_of(given.small, given.small_database) if given.small else {})
    print(json.dumps(figures, indent=2))
    if given.write:
        from benchmarks.recording import keep

        keep(given.write, "postgresql" if given.database else "sqlite", figures)

"""Pytest plugin: run the tests once to hear which guard speaks in which test, then take each guard away and run only those.

Loaded by tools/mutants.py (`-p tests.support.mutants.playing`); in an ordinary run of the tests it is not there.
"""

import json
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from .code import Workshop
from .guards import Guard, doubles, every_guard
from .hearing import Reached, choose, commits
from .planting import planted

AT_MOST = 120  # seconds for one test: a missing guard may leave two writers waiting for each other
POSTGRES_ONLY = {"trigger lock", "row lock"}


class TooLong(BaseException):
    """A test did not come to an end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutants-to", default="", help="file for the results")
    parser.addoption("--mutants-heard", default="", help="file with what was heard: read when it is there, else written")
    parser.addoption("--mutants-only", default="", help="only guards whose name fits this expression")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Player(config), "nabij-mutants")


class Player:
    """One run: hear, plant, tell."""

    def __init__(self, config: pytest.Config) -> None:
        self.only = re.compile(config.getoption("--mutants-only"))
        self.to = config.getoption("--mutants-to")
        self.heard = Path(config.getoption("--mutants-heard")) if config.getoption("--mutants-heard") else None
        self.reports: list[pytest.TestReport] = []
        self.workshop = Workshop()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        terminal = session.config.pluginmanager.unregister(name="terminalreporter")
        signal.signal(signal.SIGALRM, _stop)
        try:
            self.play(session)
        finally:
            session.config.pluginmanager.register(terminal, "terminalreporter")
            session.testsfailed = 0
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.reports.append(report)

    def play(self, session: pytest.Session) -> None:
        """Hear once, then take away one guard after another."""
        guards = [guard for guard in every_guard() if self.only.search(guard.key) and matters_here(guard)]
        began = time.monotonic()
        reached, pool, red = self.hear(session, guards)
        say(f"{len(pool)} tests in {time.monotonic() - began:.0f} s without any mutant, {len(red)} of them red; {len(guards)} guards")
        told = []
        with session.config.stash[blocking_manager_key].unblock():
            connection.ensure_connection()
        for guard in guards:
            told.append(self.judge(session, guard, reached, pool))
            say(line(told[-1]))
        result = {"vendor": connection.vendor, "tests": len(pool), "red": red, "seconds": round(time.monotonic() - began), "guards": told}
        Path(self.to).write_text(json.dumps(result), encoding="utf-8")

    def hear(self, session: pytest.Session, guards: list[Guard]) -> tuple[Reached, dict[str, Any], list[str]]:
        """Run every test as it is."""
        reached, pool, red = Reached(guards), {}, []
        if self.heard and self.heard.exists():
            green, red = reached.again(self.heard)
            found = {item.nodeid: item for item in session.items}
            self.fails(session, next(item for item in session.items if item.get_closest_marker("django_db")))  # makes the database
            return reached, {name: found[name] for name in green if name in found}, red
        reached.begin(self.workshop)
        for item in session.items:
            if reached.during(item.nodeid, lambda item=item: self.fails(session, item)):
                red.append(item.nodeid)
                say(f"RED without any mutant: {item.nodeid}\n{self.why()}")
            else:
                pool[item.nodeid] = item
        reached.end(self.workshop)
        if self.heard:
            reached.keep(self.heard, pool, red)
        return reached, pool, red

    def judge(self, session: pytest.Session, guard: Guard, reached: Reached, pool: dict[str, Any]) -> dict[str, Any]:
        """Take one guard away, or with its double when it is kept by another."""
        double = doubles().get(guard.key)
        taken = [guard]
        if double:
            taken += [other for other in every_guard() if other.key == double["with"]]
        items = list({item.nodeid: item for one in taken for item in choose(one, reached, pool)}.values())
        by = self.first_to_fail(session, taken, items)
        told = {"guard": guard.key, "room": guard.room, "caught": bool(by), "by": by, "tests": len(items)}
        return {**told, "double": double} if double else told

    def first_to_fail(self, session: pytest.Session, taken: list[Guard], items: list[Any]) -> str:
        """Return the first test that notices, or nothing."""
        if not items:
            return ""
        unblock = session.config.stash[blocking_manager_key].unblock
        with self.without(taken, unblock, copies=any(map(commits, items))):
            for item in items:
                if self.fails(session, item):
                    return str(item.nodeid)
        return ""

    @contextmanager
    def without(self, taken: list[Guard], unblock: Any, *, copies: bool) -> Iterator[None]:
        """Let the database be reached for planting and mending, and not in between."""
        planting = planted(*taken, workshop=self.workshop, copies=copies)
        with unblock():
            planting.__enter__()
        try:
            yield
        finally:
            with unblock():
                planting.__exit__(None, None, None)

    def fails(self, session: pytest.Session, item: Any) -> bool:
        """Run one test and tell whether it failed; nothing but the session stays set up after it."""
        self.reports.clear()
        signal.alarm(AT_MOST)
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
        finally:
            signal.alarm(0)
        return any(report.failed for report in self.reports)

    def why(self) -> str:
        """Return the last line of what went wrong."""
        return next((str(report.longrepr).strip().rpartition("\n")[2] for report in self.reports if report.failed), "")


def _stop(*_: Any) -> None:
    raise TooLong


def matters_here(guard: Guard) -> bool:
    """Leave out what this database does not have: SQLite knows no TRUNCATE and lets one writer in at a time."""
    if connection.vendor == "postgresql":
        return True
    truncates = guard.kind == "trigger" and "TRUNCATE" in guard.what.moment
    return guard.kind not in POSTGRES_ONLY and not truncates


def line(told: dict[str, Any]) -> str:
    if told["caught"]:
        also = f" (with {told['double']['with']})" if "double" in told else ""
        return f"caught      {told['guard']}{also}   by {told['by'].rpartition('/')[2]}"
    return f"NOT CAUGHT  {told['guard']}   {told['tests']} tests reach it"


def say(words: str) -> None:
    print(words, file=sys.__stderr__, flush=True)

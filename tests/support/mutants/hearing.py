"""Which test reaches which guard: heard once while all tests run unchanged, so that a mutant needs only the tests that can notice it."""

import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.signals import connection_created

from nabij.core import worded

from .code import Workshop, listen, with_probes
from .guards import Guard
from .planting import IN_DATABASE


class Reached:
    """For every guard the tests in which it spoke, and how long each test takes."""

    def __init__(self, guards: Iterable[Guard]) -> None:
        self.tests: dict[str, set[str]] = defaultdict(set)
        self.seconds: dict[str, float] = {}
        self.now = ""
        guards = list(guards)
        self._words: list[tuple[str, str]] = [pair for guard in guards if guard.kind in IN_DATABASE for pair in words_of(guard)]
        self._probed = [guard for guard in guards if guard.kind in {"refusal", "check", "row lock"}]

    def begin(self, workshop: Workshop) -> None:
        """Put probes into the code and an ear on every connection."""
        import_module(settings.ROOT_URLCONF)  # so that what wraps every page and endpoint is there
        listen(lambda key: self.tests[key].add(self.now) if self.now else None)
        for place in sorted({guard.where for guard in self._probed}):
            workshop.put(place, with_probes(place, [guard for guard in self._probed if guard.where == place]))
        connection_created.connect(self._hear, dispatch_uid="nabij-mutants")

    def end(self, workshop: Workshop) -> None:
        workshop.mend()
        connection_created.disconnect(dispatch_uid="nabij-mutants")
        self.now = ""

    def keep(self, file: Path, pool: Iterable[str], red: list[str]) -> None:
        """Write down what was heard, so that a second look need not listen again."""
        kept = {"tests": {key: sorted(names) for key, names in self.tests.items()}, "seconds": self.seconds, "pool": list(pool), "red": red}
        file.write_text(json.dumps(kept), encoding="utf-8")

    def again(self, file: Path) -> tuple[list[str], list[str]]:
        """Read what was heard before; return which tests were green, and which red."""
        kept = json.loads(file.read_text(encoding="utf-8"))
        self.tests.update({key: set(names) for key, names in kept["tests"].items()})
        self.seconds = kept["seconds"]
        return kept["pool"], kept["red"]

    def during(self, test: str, run: Callable[[], Any]) -> Any:
        """Run one test and listen."""
        worded._kept.clear()  # a question that was asked before is not put into words again, and so would not be heard
        self.now, began = test, time.perf_counter()
        try:
            return run()
        finally:
            self.seconds[test] = time.perf_counter() - began

    def _hear(self, connection: Any, **_: Any) -> None:
        if self._ask not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._ask)

    def _ask(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        try:
            return execute(sql, params, many, context)
        except DatabaseError as error:
            said = str(error)
            for words, key in self._words:
                if words in said:
                    self.tests[key].add(self.now)
            raise


def words_of(guard: Guard) -> list[tuple[str, str]]:
    """Return what the database says when a guard refuses: both databases name a constraint, SQLite names the columns of a unique one."""
    if guard.kind in {"trigger", "trigger lock"}:
        return [(guard.what.refuse, guard.key)] if guard.what.refuse else []
    model = guard.what[0]
    if guard.kind == "unique":
        return [(f"{guard.where}.{guard.what[1].column}", guard.key), (f'"{guard.where}_{guard.what[1].column}_', guard.key)]
    found = [(guard.name, guard.key)]
    if getattr(guard.what[1], "fields", ()):
        columns = [f"{guard.where}.{model._meta.get_field(name).column}" for name in guard.what[1].fields]
        found.append((f"UNIQUE constraint failed: {', '.join(columns)}", guard.key))
    return found


def choose(guard: Guard, reached: Reached, pool: dict[str, Any]) -> list[Any]:
    """Return the tests that can notice that this guard is gone, quickest first."""
    names: Iterable[str] = reached.tests.get(guard.key, ())
    if guard.kind == "permission":
        names = [name for name in pool if "test_permissions" in name]
    elif guard.kind == "trigger lock":
        names = [name for name in pool if re.search("two_connections|race", name)]
    elif guard.kind == "row lock":
        names = [name for name in names if name in pool and commits(pool[name])]
    elif not names and guard.kind == "trigger" and guard.what.run:
        # a trigger that writes refuses nothing
        names = [name for name in pool if f"nabij/{guard.room}/" in name]
    return [pool[name] for name in sorted(names, key=lambda name: reached.seconds.get(name, 9)) if name in pool]


def commits(item: Any) -> bool:
    """Tell whether a test commits, so that the database is put back after it."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool({"live_server", "transactional_db"} & set(item.fixturenames))


__all__ = ["Reached", "choose", "commits"]

"""Two people at one moment: what the first did is not committed yet when the second begins."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for
from nabij.core.errors import Absent, Refused

WAIT = 15  # seconds; the second comes to an end as soon as the first has committed
Row = TypeVar("Row", bound=models.Model)


def again(row: Row) -> Row:
    """Return the same row as a second page has it."""
    return type(row)._default_manager.get(pk=row.pk)


@contextmanager
def in_between(words: str, change: str) -> Iterator[None]:
    """Let the database change between two questions of one request: before the first that holds these words, past every guard of ours."""
    waiting = [change]

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if waiting and words in sql:
            connection.connection.execute(waiting.pop())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not waiting, "no question held these words"


def later(action: Callable[..., Any], member: Membership | None, at: datetime | None = None, **facts: Any) -> Callable[[], Any]:
    """Return this act of a member, with a request of its own; of nobody: of the system."""
    actor = actor_for(member, at) if member else system_actor(at=at or timezone.now())
    return lambda: action(actor=actor, at=actor.at, **facts)


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Do the first, let the second begin on a connection of its own, and commit the first when the second waits for it or has ended.

    Returns what the second returned, or what refused it. The order is fixed, so that a lock that is missing is missed every time. SQLite lets
    one writer in: there the second waits before it begins.
    """
    told: dict[str, Any] = {}

    def play() -> None:
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    told["pid"] = _pid()
                told["result"] = second()
        except (Absent, Refused, DatabaseError) as refused:
            told["result"] = refused
        finally:
            connection.close()

    thread = threading.Thread(target=play)
    with transaction.atomic():
        first()
        thread.start()
        _until_it_waits(thread, told)
    thread.join(WAIT)
    assert "result" in told, "the second did not come to an end"
    return told["result"]


def _pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _until_it_waits(thread: threading.Thread, told: dict[str, Any]) -> None:
    """Return when the thread has ended or waits for a lock; SQLite cannot be asked, so there it gets a moment."""
    if connection.vendor == "sqlite":
        thread.join(0.2)
        return
    until = time.monotonic() + WAIT
    while thread.is_alive() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [told.get("pid", 0)])
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)

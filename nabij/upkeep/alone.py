"""One at a time on one database: who comes second is told so at once. Whoever dies lets go by dying."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from zlib import crc32

from django.conf import settings
from django.db import Error, connection


@contextmanager
def alone(*, name: str) -> Iterator[bool]:
    """Tell whether nobody else is doing this now, and keep others out until the end.

    PostgreSQL: an advisory lock of this connection (needs a connection of its own, no pooling per transaction). SQLite: a locked file
    in the data folder, because an advisory lock does not exist there and a row would stay locked after a crash.
    """
    with _advisory(name) if connection.vendor == "postgresql" else _file(name) as free:
        yield free


@contextmanager
def _advisory(name: str) -> Iterator[bool]:
    key = crc32(f"nabij {name}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with suppress(Error), connection.cursor() as cursor:  # a lost connection has let go already
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _file(name: str) -> Iterator[bool]:
    place = settings.DATA / f"{name}-{crc32(str(connection.settings_dict['NAME']).encode())}.lock"
    with place.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

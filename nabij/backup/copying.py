"""A moment of the database, taken out while everybody works on, and put back in. One class a vendor."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from nabij.core import triggers

from .errors import BackupTrouble

PART = 4 << 20  # bytes of a table in one member of the archive
# a session that was ended since must not come back to life
NOT_COPIED = {"django_session"}


def applied() -> list[list[str]]:
    """Return the migrations of this database as [room, name], sorted."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


class SqliteCopy:
    """SQLite: one file, copied in a single step under a read lock; in WAL mode nobody waits for it."""

    vendor = "sqlite"

    def __init__(self) -> None:
        self.file = Path(connection.settings_dict["NAME"])

    @contextmanager
    def snapshot(self) -> Iterator[Iterator[tuple[str, Path | bytes]]]:
        """Give the members of the archive: the whole database as one file, which goes away afterwards."""
        from sqlite3.dbapi2 import connect

        handle, name = tempfile.mkstemp(prefix=".backup-", dir=self.file.parent)
        os.close(handle)
        try:
            copy = connect(name)
            connection.ensure_connection()
            connection.connection.backup(copy)
            with copy:
                copy.execute("DELETE FROM django_session")
            copy.close()
            yield iter([("database.sqlite3", Path(name))])
        finally:
            Path(name).unlink(missing_ok=True)

    def sequences(self) -> dict[str, int]:
        """Return nothing: they are in the file."""
        return {}

    def is_empty(self) -> bool:
        """Tell whether nothing stands here yet."""
        return not self.file.exists() or not connection.introspection.table_names()

    def begin(self, about: dict[str, Any], place: Path) -> None:
        """Make room in a folder beside the final place."""
        self.fresh = place / "database.sqlite3"

    def take(self, name: str, content: bytes) -> None:
        """Add bytes of the database."""
        with self.fresh.open("ab") as file:
            file.write(content)

    def complete(self, about: dict[str, Any]) -> None:
        """Prove that what came in is a sound database, then put it in its place."""
        from sqlite3.dbapi2 import DatabaseError, connect

        try:
            copy = connect(self.fresh)
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            copy.close()
        except DatabaseError as broken:
            verdict = str(broken)
        if verdict != "ok":
            raise BackupTrouble(_("The database in this backup is not sound: %(why)s. Use another copy.") % {"why": verdict})
        connection.close()
        for rest in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + rest).unlink(missing_ok=True)
        self.fresh.replace(self.file)

    def clear(self) -> None:
        """Leave nothing behind: what was half written stands in the folder that goes away."""
        connection.close()


class PostgresCopy:
    """PostgreSQL: every table by COPY, all of the same moment (one repeatable read transaction)."""

    vendor = "postgresql"

    @contextmanager
    def snapshot(self) -> Iterator[Iterator[tuple[str, Path | bytes]]]:
        """Give the members of the archive: `tables/NAME/NUMBER`, in PostgreSQL's own text form."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield self._tables()

    def _tables(self) -> Iterator[tuple[str, bytes]]:
        for table in sorted(set(connection.introspection.table_names()) - NOT_COPIED):
            yield from ((f"tables/{table}/{number:08}", part) for number, part in enumerate(self._parts(table)))

    def _parts(self, table: str) -> Iterator[bytes]:
        waiting = bytearray()
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({_columns(table)}) TO STDOUT') as rows:  # type: ignore[attr-defined]
            for row in rows:
                waiting += row
                if len(waiting) >= PART:
                    yield bytes(waiting)
                    waiting.clear()
        yield bytes(waiting)

    def sequences(self) -> dict[str, int]:
        """Return how far each sequence has counted: an id that was used is not used again."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL")
            return dict(cursor.fetchall())

    def is_empty(self) -> bool:
        """Tell whether nothing stands here yet."""
        return not connection.introspection.table_names()

    def begin(self, about: dict[str, Any], place: Path) -> None:
        """Make the tables as they were, without a row in them, and without rules that would add rows of their own."""
        executor = MigrationExecutor(connection)
        then = {(app, name) for app, name in about["migrations"]}
        graph = executor.loader.graph
        last = [node for node in sorted(then) if not any(child.key in then and child.key[0] == node[0] for child in graph.node_map[node].children)]
        executor.migrate(last)
        self._done = transaction.atomic()
        self._done.__enter__()
        triggers.take_away(connection)
        names = [f'"{table}"' for table in connection.introspection.table_names()]
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(names)}")

    def take(self, name: str, content: bytes) -> None:
        """Add rows to a table."""
        table = name.split("/")[1]
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({_columns(table)}) FROM STDIN') as rows:  # type: ignore[attr-defined]
            rows.write(content)

    def complete(self, about: dict[str, Any]) -> None:
        """Set the sequences, check every reference, put the rules back; then it counts."""
        with connection.cursor() as cursor:
            for name, value in about["sequences"].items():
                cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', value])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.put_in_place(connection)
        self._done.__exit__(None, None, None)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def clear(self) -> None:
        """Take away what was made: the place was empty before."""
        if getattr(self, "_done", None):
            failure = BackupTrouble("not restored")
            self._done.__exit__(type(failure), failure, None)
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'DROP TABLE IF EXISTS "{table}" CASCADE')


def _columns(table: str) -> str:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return ", ".join(f'"{column.name}"' for column in sorted(described, key=lambda column: column.name))


def database_copy() -> SqliteCopy | PostgresCopy:
    """Return the way to copy the database that is in use."""
    return SqliteCopy() if connection.vendor == "sqlite" else PostgresCopy()


def bring_up_to_date() -> None:
    """Migrate what an older version left, rules included."""
    call_command("migrate", verbosity=0, interactive=False)

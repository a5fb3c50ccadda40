"""Django's SQLite. Turning `%s` into `?` costs as much as answering a small question: that is done once for each wording."""

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.features import DatabaseFeatures
from django.db.backends.sqlite3.operations import DatabaseOperations

from .turns import Turn


@lru_cache(maxsize=1000)
def _own_style(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that remembers how a statement reads in SQLite's own style."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        return _own_style(query) if param_names is None else super().convert_query(query, param_names=param_names)


class Asking(base.Database.Cursor):
    """A cursor for statements in SQLite's own style, with numbered places."""


class Operations(DatabaseOperations):
    """What differs from Django's, for `core.worded`."""

    numbered = "?{}"
    takes_plain = True  # a number or a text goes in as it is

    def literal(self, value: Any) -> str | None:
        """Return a constant as SQL, or None when it has to be given beside the statement."""
        if isinstance(value, int):
            return str(int(value))
        return "'" + value.replace("'", "''") + "'" if isinstance(value, str) and "\0" not in value else None

    def given(self, value: Any) -> Any:
        """Return a value as the driver takes it."""
        return value

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        return sql if isinstance(cursor, Asking) else super().last_executed_query(cursor, sql, params)


class Features(DatabaseFeatures):
    """What this SQLite can do."""

    supports_json_field = True  # since 3.38; Django would ask every new connection, three statements in the middle of a page


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection that settings name."""

    features_class = Features
    ops_class = Operations
    turn: Turn | None = None

    def get_connection_params(self) -> dict[str, Any]:
        # Django reads every column back by what its field is; the driver would do it too, value by value and four times as slowly
        return super().get_connection_params() | {"detect_types": 0}

    def get_new_connection(self, conn_params: Any) -> Any:
        if self.turn is None and not self.is_in_memory_db():
            self.turn = Turn(str(self.settings_dict["NAME"]), conn_params.get("timeout", 5))
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        if self.turn:
            self.turn.wait()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._turn_over()
            raise

    def _commit(self) -> Any:
        # a commit that fails is rolled back by Django, and only then our turn is over
        answer = super()._commit()
        self._turn_over()
        return answer

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._turn_over()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._turn_over()

    def _turn_over(self) -> None:
        if self.turn:
            self.turn.over()

    @contextlib.contextmanager
    def in_turn(self) -> Iterator[None]:
        """Wait in the line of writers for one statement that is its own transaction; inside a transaction that was done."""
        if self.turn is None or self.in_atomic_block:
            yield
            return
        self.turn.wait()
        try:
            yield
        finally:
            self.turn.over()

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def forget_samples(self) -> None:
        """Throw away the samples of ANALYZE, not its counts: with samples SQLite plans a statement anew for every other value it is given."""
        with self.cursor() as cursor:
            if "sqlite_stat4" in {name for (name,) in cursor.execute("SELECT name FROM sqlite_schema").fetchall()}:
                cursor.execute("DELETE FROM sqlite_stat4")
                cursor.execute("ANALYZE sqlite_schema")  # read again what is known

    def asking(self) -> Any:
        """Return a cursor for a worded question: guarded and counted like every other."""
        self.ensure_connection()
        return self._prepare_cursor(self.connection.cursor(factory=Asking))

    def planned(self) -> Any:
        """Return the usual cursor: SQLite plans what it remembers once by itself."""
        return self.cursor()

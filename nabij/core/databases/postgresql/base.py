"""Django's PostgreSQL. Planning a guarded question takes longer than answering it: worded questions are prepared, and planned once."""

import contextlib
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import RawCursor, sql
from psycopg.types.numeric import Int8


class Asking(RawCursor[Any]):
    """A cursor for statements in PostgreSQL's own style; each is prepared when it comes for the first time."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Asking":  # type: ignore[override]
        return super().execute(query, params, prepare=True, **options)


class Operations(DatabaseOperations):
    """What differs from Django's, for `core.worded`."""

    numbered = "${}"
    takes_plain = False

    def literal(self, value: Any) -> str | None:
        """Return a constant as SQL."""
        return sql.Literal(value).as_string(self.connection.connection)

    def given(self, value: Any) -> Any:
        """Return a value as the driver takes it: numbers of one size, because a statement is prepared anew for every other type."""
        return Int8(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        # of a statement that was prepared, the cursor knows only the name
        return sql if isinstance(cursor, Asking) else super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection that settings name."""

    ops_class = Operations

    def in_turn(self) -> contextlib.AbstractContextManager[None]:
        """PostgreSQL lets everybody write at once: no line."""
        return contextlib.nullcontext()

    def asking(self) -> Any:
        """Return a cursor for a worded question: guarded and counted like every other."""
        self.ensure_connection()
        return self._prepare_cursor(Asking(self.connection))

    def planned(self) -> Any:
        """Return a cursor that sends values apart from the words: Django fills them in, so that no two statements are the same."""
        self.ensure_connection()
        return self._prepare_cursor(base.ServerBindingCursor(self.connection))

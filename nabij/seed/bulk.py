"""Write rows in bulk: COPY on PostgreSQL, many at once on SQLite; constraints and triggers stay in place."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

BATCH = 20_000  # rows in one transaction: what is held in memory at a time
CACHE_KIB = 1_000_000  # of SQLite, only while the indexes grow
Row = tuple[Any, ...]
Told = Callable[[int], None]


class Sheet:
    """One table: which columns its rows bring, in order. All others get what Django would write: `same`, else the default of the field."""

    def __init__(self, model: type[models.Model], *names: str, **same: Any) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        unknown = {*names, *same} - set(fields)
        if unknown:
            raise ValueError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
        rest = [name for name, field in fields.items() if name not in names and not (field.primary_key and field.get_internal_type() == "BigAutoField")]
        self.model = model
        self.columns = [fields[name].column for name in (*names, *rest)]
        self.days = [n for n, name in enumerate(names) if isinstance(fields[name], models.DateField)]  # moments too
        rest_values = (same[name] if name in same else fields[name].get_default() for name in rest)
        self.rest = tuple(json.dumps(value) if isinstance(value, list | dict) else value for value in rest_values)

    def write(self, rows: Iterable[Row], told: Told = lambda _count: None) -> None:
        """Write all rows, a transaction per batch; `told` hears how many each time."""
        rows = iter(rows)
        while batch := list(islice(rows, BATCH)):
            with transaction.atomic():
                (_copy if connection.vendor == "postgresql" else _insert)(self, batch)
            told(len(batch))


def _insert(sheet: Sheet, batch: list[Row]) -> None:
    columns = ", ".join(f'"{name}"' for name in sheet.columns)
    marks = ", ".join("?" * len(sheet.columns))
    rest, days = tuple(_as_text(value) for value in sheet.rest), sheet.days
    # the driver's own call: Django's cursor would translate every value once more
    connection.connection.executemany(
        f'INSERT INTO "{sheet.model._meta.db_table}" ({columns}) VALUES ({marks})',  # noqa: S608
        (_with_text(row, days) + rest for row in batch),
    )


def _with_text(row: Row, days: list[int]) -> Row:
    values = list(row)
    for place in days:
        values[place] = _as_text(values[place])
    return tuple(values)


def _as_text(value: Any) -> Any:
    """Return a day or moment as SQLite keeps it: a moment in UTC, without saying so."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.isoformat() if isinstance(value, date) else value


def _copy(sheet: Sheet, batch: list[Row]) -> None:
    columns = ", ".join(f'"{name}"' for name in sheet.columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{sheet.model._meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in batch:
            copy.write_row((*row, *sheet.rest))


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Let the database build this much quickly; afterwards it keeps its promises again, knows its tables, and counts on from the last id."""
    if connection.in_atomic_block:  # somebody else's transaction: these cannot be changed inside it
        yield
        return
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        _say("PRAGMA synchronous=OFF", f"PRAGMA cache_size=-{CACHE_KIB}", "PRAGMA wal_autocheckpoint=20000")
    else:
        _say("SET synchronous_commit = off", "SET maintenance_work_mem = '512MB'")
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            _say("ANALYZE")
            connection.forget_samples()  # type: ignore[attr-defined]
            _say("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-2000", "PRAGMA wal_autocheckpoint=1000")
        else:
            _say("RESET synchronous_commit", "RESET maintenance_work_mem")


def settle(tables: Iterable[type[models.Model]]) -> None:
    """Let ids count on from the last one, and let PostgreSQL look at what it holds."""
    if connection.vendor == "postgresql":
        _say(*connection.ops.sequence_reset_sql(no_style(), list(tables)))
        if not connection.in_atomic_block:
            _say("VACUUM (ANALYZE)")


def _say(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

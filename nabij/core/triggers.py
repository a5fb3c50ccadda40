"""Rules that the database keeps by itself, declared once for SQLite and PostgreSQL.

A room lists its triggers in `triggers.py` as `TRIGGERS`. Django rebuilds a SQLite table on many migrations and silently drops
its triggers, so the `migrate` command takes all of ours away, migrates, puts them back and compares with the catalogue.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "nabij_"


@dataclass(frozen=True)
class Trigger:
    """One rule: at `moment` ("BEFORE UPDATE OF due_at") on `table`, when `when` is true, refuse with `refuse` or run `run`.

    `when` and `run` are SQL that both databases read; `{share}` becomes FOR SHARE where rows can be locked (PostgreSQL).
    """

    name: str
    table: str
    moment: str
    when: str = ""
    refuse: str = ""
    run: str = ""

    @property
    def full_name(self) -> str:
        return f"{PREFIX}{self.name}"

    def create(self, vendor: str) -> list[str]:
        """Return the statements that put this trigger in place."""
        return self._sqlite() if vendor == "sqlite" else self._postgresql()

    def _sqlite(self) -> list[str]:
        if "TRUNCATE" in self.moment:
            return []
        when = f" WHEN {self.when.format(share='')}" if self.when else ""
        body = self.run.format(share="") if self.run else f"SELECT RAISE(ABORT, '{self.refuse}')"
        return [f"CREATE TRIGGER {self.full_name} {self.moment} ON {self.table} FOR EACH ROW{when} BEGIN {body}; END"]

    def _postgresql(self) -> list[str]:
        body = self.run.format(share="FOR SHARE") or f"RAISE EXCEPTION '{self.refuse}' USING ERRCODE = '23000'"
        if self.when:
            body = f"IF {self.when.format(share='FOR SHARE')} THEN {body}; END IF"
        each = "STATEMENT" if "TRUNCATE" in self.moment else "ROW"
        answer = "RETURN NULL" if each == "STATEMENT" else "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW"
        function = f"CREATE OR REPLACE FUNCTION {self.full_name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; {answer}; END $$"
        trigger = f"CREATE TRIGGER {self.full_name} {self.moment} ON {self.table} FOR EACH {each} EXECUTE FUNCTION {self.full_name}()"
        mark = hashlib.sha256((function + trigger).encode()).hexdigest()[:16]
        return [function, trigger, f"COMMENT ON TRIGGER {self.full_name} ON {self.table} IS '{mark}'"]

    def mark(self, vendor: str) -> str:
        """Return what the catalogue must show for this trigger, so that a changed body is noticed."""
        made = self.create(vendor)
        return made[0] if vendor == "sqlite" else made[-1].rsplit("'", 2)[1]


def append_only(table: str, *, delete_when: str = "") -> list[Trigger]:
    """Return the triggers that let rows be added and nothing else; `delete_when`: the one case in which a row may go."""
    label = table.split("_")[-1]
    return [
        Trigger(f"{table}_no_update", table, "BEFORE UPDATE", refuse=f"{label} is append-only: no change"),
        Trigger(
            f"{table}_no_delete",
            table,
            "BEFORE DELETE",
            when=f"NOT ({delete_when})" if delete_when else "",
            refuse=f"{label} is append-only: no delete",
        ),
        # SQLite's INSERT OR REPLACE deletes without asking the delete trigger
        Trigger(
            f"{table}_no_replace",
            table,
            "BEFORE INSERT",
            when=f"EXISTS (SELECT 1 FROM {table} AS kept WHERE kept.id = NEW.id)",
            refuse=f"{label} is append-only: no replace",
        ),
        Trigger(f"{table}_no_truncate", table, "BEFORE TRUNCATE", refuse=f"{label} is append-only: no truncate"),
    ]


def declared() -> Iterator[Trigger]:
    """Yield every trigger that the installed rooms declare."""
    for config in apps.get_app_configs():
        if config.name.startswith("nabij.") and find_spec(f"{config.name}.triggers") and config.label != "core":
            yield from import_module(f"{config.name}.triggers").TRIGGERS


def _expected(connection: BaseDatabaseWrapper) -> dict[str, Trigger]:
    present = set(connection.introspection.table_names())
    return {t.full_name: t for t in declared() if t.table in present and t.create(connection.vendor)}


def in_place(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Return our triggers as the catalogue knows them: name to (table, mark)."""
    if connection.vendor == "sqlite":
        query = r"SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'nabij\_%' ESCAPE '\'"
    else:
        query = (
            "SELECT t.tgname, c.relname, coalesce(obj_description(t.oid, 'pg_trigger'), '')"
            " || CASE WHEN t.tgenabled = 'D' THEN ' disabled' ELSE '' END"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            r" WHERE t.tgname LIKE 'nabij\_%%' AND NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [] if connection.vendor == "postgresql" else None)
        return {name: (table, mark) for name, table, mark in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that are absent, disabled, changed or on the wrong table; the good answer is an empty list."""
    found = in_place(connection)
    return sorted(
        name for name, t in _expected(connection).items() if found.get(name) != (t.table, t.mark(connection.vendor))
    )


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Drop all our triggers, so that tables may be rebuilt."""
    with connection.cursor() as cursor:
        for name, (table, _) in in_place(connection).items():
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def put_in_place(connection: BaseDatabaseWrapper) -> None:
    """Create all our triggers anew."""
    take_away(connection)
    with connection.cursor() as cursor:
        for trigger in _expected(connection).values():
            for statement in trigger.create(connection.vendor):
                cursor.execute(statement)

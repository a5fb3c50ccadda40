"""Taking one guard away, and putting it back: in the migrated test database, or in the loaded code; never in a file."""

import contextlib
import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.db import connection

from nabij.core import triggers
from tests.support import databases

from .code import NothingToReplace, Workshop, without
from .guards import Guard

IN_DATABASE = {"trigger", "trigger lock", "constraint", "unique"}


@contextlib.contextmanager
def planted(*guards: Guard, workshop: Workshop, copies: bool = True) -> Iterator[None]:
    """Run the block without these guards. `copies`: a test that commits will put the database back, so the copy must lack them as well."""
    undo: list[Callable[[], None]] = []
    in_database = [guard for guard in guards if guard.kind in IN_DATABASE]
    try:
        if in_database:
            (template,) = databases.templates
            undo.append(template.put_back_whole)
            template.put_back()
            for guard in in_database:
                undo.append(TAKE[guard.kind](guard))
            if copies:
                template.keep_changed()
        for guard in guards:
            if guard.kind == "permission":
                undo.append(_everybody(guard))
            elif guard.kind not in IN_DATABASE:
                undo.append(workshop.mend)
                if not workshop.put(guard.where, without(guard)):
                    raise NothingToReplace(f"{guard.key}: no loaded function changed")
        yield
    finally:
        for step in undo:
            step()


def _nothing() -> None:
    """Nothing to undo but the database."""


def drop_trigger(guard: Guard) -> Callable[[], None]:
    with connection.cursor() as cursor:
        on = f" ON {guard.where}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {guard.what.full_name}{on}")
    return _nothing


def drop_lock(guard: Guard) -> Callable[[], None]:
    """Put a trigger back that reads without locking what it reads."""
    drop_trigger(guard)
    loose = replace(guard.what, when=guard.what.when.replace("{share}", ""), run=guard.what.run.replace("{share}", ""))
    with connection.cursor() as cursor:
        for statement in loose.create(connection.vendor):
            cursor.execute(statement)
    return _nothing


def drop_constraint(guard: Guard) -> Callable[[], None]:
    """Take a constraint from the table and from its model, as somebody would who deletes it."""
    model, constraint = guard.what
    kept = model._meta.constraints
    model._meta.constraints = [one for one in kept if one.name != constraint.name]
    with _rebuilding() as editor:
        editor.remove_constraint(model, constraint)
    return lambda: setattr(model._meta, "constraints", kept)


def drop_unique(guard: Guard) -> Callable[[], None]:
    model, field = guard.what
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
            for name, facts in found.items():
                if facts["unique"] and not facts["primary_key"] and facts["columns"] == [field.column]:
                    cursor.execute(f'ALTER TABLE {model._meta.db_table} DROP CONSTRAINT "{name}"')
    else:
        many = copy.copy(field)
        _say_unique(many, False)
        with _rebuilding() as editor:
            editor._remake_table(model, alter_fields=[(field, many)])
    _say_unique(field, False)
    return lambda: _say_unique(field, True)


def _say_unique(field: Any, value: bool) -> None:
    """Change whether a column holds a value once; a field keeps what it once answered."""
    field._unique = value
    field.__dict__.pop("unique", None)


@contextlib.contextmanager
def _rebuilding() -> Iterator[object]:
    triggers.take_away(connection)
    with connection.schema_editor() as editor:
        yield editor
    triggers.put_in_place(connection)


def _everybody(guard: Guard) -> Callable[[], None]:
    """Let every function do it everywhere, and who has no log-in as well."""
    from nabij.access.doors import PARTNER, PUBLIC
    from nabij.access.models import Role, Scope

    allow = guard.what.allow
    kept = dict(allow)
    allow.update({**dict.fromkeys(Role, Scope.MUNICIPALITY), PUBLIC: "yes", PARTNER: "yes"})

    def undo() -> None:
        allow.clear()
        allow.update(kept)

    return undo


TAKE = {"trigger": drop_trigger, "trigger lock": drop_lock, "constraint": drop_constraint, "unique": drop_unique}
__all__ = ["IN_DATABASE", "planted"]

"""Rows that are saved with statements worded once: the ORM's own INSERT and UPDATE of one row, kept per table and columns.

What saving means stays with Django: each field prepares its own value, and signals, relations and the state of the row are as ever. Only the
SQL is not put together anew for every row, which costs several times what the database needs. docs/decisions/0011-queries-worded-once.md
"""

from collections.abc import Hashable, Sequence
from typing import Any

from django.db import connections, models
from django.db.models.sql import InsertQuery

_kept: dict[Hashable, str] = {}


class Saved(models.Model):
    """Base of whatever is saved one row at a time."""

    class Meta:
        abstract = True

    def _do_insert(self, manager: Any, using: str, fields: Sequence[Any], returning_fields: Sequence[Any], raw: bool) -> list[Any]:
        values = [] if raw else [field.pre_save(self, True) for field in fields]
        if raw or _computed(values):
            return super()._do_insert(manager, using, fields, returning_fields, raw)
        key = (manager.model, using, "insert", *(field.attname for field in fields))
        sql = _kept.get(key) or _kept.setdefault(key, self._insert_sql(manager.model, using, fields, returning_fields))
        connection = connections[using]
        with connection.planned() as cursor:
            cursor.execute(sql, [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)])
            return cursor.fetchall() if returning_fields else []

    def _insert_sql(self, model: type[models.Model], using: str, fields: Sequence[Any], returning_fields: Sequence[Any]) -> str:
        query = InsertQuery(model)
        query.insert_values(fields, [self])
        compiler = query.get_compiler(using)
        compiler.returning_fields = returning_fields
        [(sql, params)] = compiler.as_sql()
        if len(params) != len(fields):
            raise ValueError(f"{model.__name__} has a column whose SQL depends on its value: it cannot be worded once")
        return str(sql)

    def _do_update(
        self, base_qs: Any, using: str, pk_val: Any, values: Sequence[tuple[Any, Any, Any]], update_fields: Any, forced_update: Any
    ) -> bool:
        if not values or self._meta.select_on_save or _computed([value for _field, _model, value in values]):
            return bool(super()._do_update(base_qs, using, pk_val, values, update_fields, forced_update))
        connection, meta = connections[using], base_qs.model._meta
        key = (base_qs.model, using, "update", *(field.attname for field, _model, _value in values))
        sql = _kept.get(key) or _kept.setdefault(key, _update_sql(meta, connection, [field for field, _model, _value in values]))
        params = [field.get_db_prep_save(value, connection) for field, _model, value in values]
        with connection.planned() as cursor:
            cursor.execute(sql, [*params, meta.pk.get_db_prep_save(pk_val, connection)])
            return bool(cursor.rowcount > 0)


def _computed(values: Sequence[Any]) -> bool:
    """Tell whether the database itself computes one of these: then the wording depends on it."""
    return any(hasattr(value, "resolve_expression") for value in values)


def _update_sql(meta: Any, connection: Any, fields: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    changed = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return f"UPDATE {quote(meta.db_table)} SET {changed} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608 - names of our own columns

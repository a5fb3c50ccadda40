"""What hangs on a record comes along in the same query: rows of another table as one JSON column, read back as records."""

import json
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models.expressions import Subquery
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=models.Model)
ALIAS = "bundle_row"
SQLITE = '(SELECT json_group_array(json("bundle_row")) FROM (%(subquery)s) AS "bundle")'
POSTGRESQL = """(SELECT COALESCE(jsonb_agg("bundle_row"), '[]'::jsonb) FROM (%(subquery)s) AS "bundle")"""


class Bundle(Subquery):
    """All rows of a query that refers to the outer one, as a JSON list. `only`: just these columns, kept as text until `opened`.

    `extra`: columns of related tables, by a name of your own.
    """

    output_field = models.JSONField()

    def __init__(self, rows: "models.QuerySet[Any]", *, only: tuple[str, ...] = (), **extra: str) -> None:
        columns = {name: models.F(name) for name in only or [field.attname for field in rows.model._meta.concrete_fields]}
        columns |= {name: models.F(path) for name, path in extra.items()}
        super().__init__(rows.annotate(**{ALIAS: JSONObject(**columns)}).values(ALIAS))
        if only:
            self.output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=SQLITE, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=POSTGRESQL, **context)


_decode = json.JSONDecoder().decode


def opened(bundle: str) -> Any:
    """Return the rows of a bundle of some columns, values as JSON has them. Most are empty, and those cost nothing."""
    return [] if bundle == "[]" else _decode(bundle)


def unbundle(model: type[Row], bundle: list[dict[str, Any]]) -> list[Row]:
    """Return the records of a bundle; what came along as `extra` stands on them as plain attributes."""
    return [_record(model, values) for values in bundle]


def _record(model: type[Row], values: dict[str, Any]) -> Row:
    fields = model._meta.concrete_fields
    row = model.from_db(None, [f.attname for f in fields], [_value(f, values[f.attname]) for f in fields])
    own = {f.attname for f in fields}
    for name in values.keys() - own:
        setattr(row, name, values[name])
    return row


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return json.loads(value) if isinstance(value, str) else value
    if hasattr(field, "from_db_value"):  # an encrypted column stays sealed until somebody reads it
        return field.from_db_value(value, None, None)
    value = getattr(field, "target_field", field).to_python(value)
    if isinstance(value, datetime) and value.tzinfo is None:  # SQLite keeps moments in UTC without saying so
        value = value.replace(tzinfo=UTC)
    return value

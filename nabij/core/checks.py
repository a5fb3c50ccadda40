"""What `check --database default` and /health look at."""

from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections

from . import triggers


@register(Tags.database)
def triggers_in_place(databases: list[str] | None = None, **kwargs: Any) -> list[Error]:
    """Report every declared trigger that the database does not hold."""
    return [
        Error(f"trigger {name} is not in place", hint="run: nabij migrate", id="nabij.E001")
        for alias in databases or []
        for name in triggers.missing(connections[alias])
        if "django_migrations" in connections[alias].introspection.table_names()
    ]

"""Reading changes nothing: a GET that tries to write is stopped at the connection."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
WRITES = re.compile(
    r"^\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|COPY|TRUNCATE|DROP|ALTER|CREATE)\b"
    r"|^\s*WITH\b.*\b(?:INSERT\s+INTO|UPDATE\s+\"|DELETE\s+FROM|MERGE\s+INTO)",
    re.IGNORECASE | re.DOTALL,
)
# Reading is itself written down, a log-in lives in a session, and who tries a link is counted.
ALLOWED = re.compile(r"^\s*\w+\s+(INTO|FROM)?\s*\"(audit_entry|django_session|axes_\w+|links_knock)\"", re.IGNORECASE)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class WroteWhileReading(RuntimeError):
    """A GET tried to change a record."""


def refuse_write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Let a statement through unless it writes something else than the read log or the session."""
    if WRITES.match(sql) and not ALLOWED.match(sql):
        raise WroteWhileReading(sql.split("(", 1)[0][:80])
    return execute(sql, params, many, context)


def refuse_writes_while_reading(get_response: Answer) -> Answer:
    """Wrap every safe request in the guard."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return get_response(request)
        with connection.execute_wrapper(refuse_write):
            return get_response(request)

    return middleware

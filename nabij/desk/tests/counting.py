"""Counting what a page asks the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

OWN = ('"django_session"', 'FROM "access_worker"')  # the session's and the user's own query
SPANS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
MOST = 8  # rights and the written-down read included


def queries_of(client: Client, address: str) -> list[str]:
    """Return the queries of one page, the session's and the user's own left out."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(SPANS)]
    own = [sql for sql in asked[:2] if any(name in sql for name in OWN)]
    return asked[len(own) :]

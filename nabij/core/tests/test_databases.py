"""The two databases, with a cursor for questions that are worded once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.core.models import DoneRequest
from nabij.core.web.reading import WroteWhileReading, refuse_write
from nabij.core.worded import ask

pytestmark = pytest.mark.django_db
AWKWARD = "100%s 'quoted' ?1 $1 \\ \""


def with_a_constant(*, who):
    return DoneRequest.objects.filter(who=who, verb=AWKWARD).values_list("request_id", "verb")


def remember(who, verb):
    DoneRequest.objects.create(request_id=f"{who}-1", who=who, verb=verb, at="2026-11-03T10:00:00Z")


def test_a_constant_in_a_question_is_written_into_it_whatever_it_holds():
    remember("worker:1", AWKWARD)
    remember("worker:1%s", "other")
    assert ask(with_a_constant, who="worker:1") == [("worker:1-1", AWKWARD)]
    assert ask(with_a_constant, who="worker:1%s") == []


def test_a_worded_question_is_counted_and_guarded_like_every_other():
    with CaptureQueriesContext(connection) as seen:
        ask(with_a_constant, who="worker:1")
    assert len(seen.captured_queries) == 1
    assert AWKWARD.replace("'", "''").split(" ")[0] in seen.captured_queries[0]["sql"]
    with connection.execute_wrapper(refuse_write), connection.asking() as cursor, pytest.raises(WroteWhileReading):
        cursor.execute("DELETE FROM core_donerequest", [])


def test_samples_are_forgotten_and_counts_are_kept():
    if connection.vendor != "sqlite":
        assert not hasattr(connection, "forget_samples")  # PostgreSQL plans a prepared statement once whatever its samples say
        return
    remember("worker:1", "some.verb")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        assert cursor.execute("SELECT count(*) FROM sqlite_stat4").fetchone()[0] > 0
        connection.forget_samples()
        assert cursor.execute("SELECT count(*) FROM sqlite_stat4").fetchone()[0] == 0
        assert cursor.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 0

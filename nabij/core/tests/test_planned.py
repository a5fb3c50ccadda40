"""What is asked in the same words is planned once by PostgreSQL, and heard by the same guards."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.core.models import DoneRequest
from nabij.core.worded import ask

pytestmark = pytest.mark.django_db
PLANNED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%core_donerequest%%'"


def named(*, request_id: str):
    return DoneRequest.objects.filter(request_id=request_id).values_list("verb")


def test_a_guard_on_the_connection_hears_it():
    heard = []
    guard = connection.execute_wrapper(lambda execute, sql, *rest: heard.append(sql) or execute(sql, *rest))
    with guard, connection.planned() as cursor:
        cursor.execute("SELECT %s", ["x"])
        assert cursor.fetchall() == [("x",)]
    assert heard == ["SELECT %s"]


def test_the_same_question_answers_the_same_before_and_after_it_is_planned():
    DoneRequest.objects.create(request_id="r1", verb="x.do", who="worker:1", at=datetime(2026, 3, 2, tzinfo=UTC))
    assert [ask(named, request_id=given) for given in ("r1", "r2") * 5] == [[("x.do",)], []] * 5
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(PLANNED)
            assert cursor.fetchone()[0] >= 1


def test_what_was_planned_is_still_seen_in_its_own_words():
    with CaptureQueriesContext(connection) as seen:
        for given in range(8):
            with connection.planned() as cursor:
                cursor.execute("SELECT %s", [f"x{given}"])
    assert all(query["sql"].startswith("SELECT ") for query in seen.captured_queries)


def test_other_questions_keep_the_usual_cursor():
    with connection.cursor() as cursor:
        usual = type(cursor.cursor)
    with connection.planned(), connection.cursor() as cursor:
        assert type(cursor.cursor) is usual

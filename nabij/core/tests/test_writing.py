"""Rows saved with statements worded once are the rows that the ORM itself would have written."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import Value
from django.db.models.functions import Lower

from nabij.core.models import DoneRequest

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def made(**given):
    return DoneRequest.objects.create(**{"request_id": "r1", "verb": "x.do", "who": "worker:1", "at": AT} | given)


def kept(row):
    return DoneRequest.objects.filter(pk=row.pk).values_list("request_id", "verb", "who", "at", "model", "key").get()


def test_a_row_is_kept_as_it_was_given_and_knows_its_number():
    first, second = made(), made(request_id="r2", key="7")
    assert second.pk > first.pk
    assert kept(second) == ("r2", "x.do", "worker:1", AT, "", "7")


def test_the_statement_is_the_one_that_the_orm_words():
    said = []
    fields = [field for field in DoneRequest._meta.local_concrete_fields if not field.primary_key]
    row = DoneRequest(request_id="r2", verb="x.do", who="worker:1", at=AT)
    with connection.execute_wrapper(lambda execute, sql, params, *rest: said.append((sql, list(params))) or execute(sql, params, *rest)):
        made(request_id="r1")
        DoneRequest._base_manager._insert([row], fields=fields, returning_fields=[DoneRequest._meta.pk], using="default")
    (ours, given), (theirs, others) = said
    assert ours == theirs
    assert given == ["r1", *others[1:]]


def test_only_what_changed_is_written_over():
    row = made()
    DoneRequest.objects.filter(pk=row.pk).update(verb="x.other")
    row.verb, row.key = "x.lost", "9"
    row.save(update_fields=["key"])
    assert kept(row) == ("r1", "x.other", "worker:1", AT, "", "9")


def test_a_whole_save_writes_every_column_of_this_row_and_of_no_other():
    row, other = made(), made(request_id="r2")
    row.verb, row.at = "x.again", AT.replace(hour=11)
    row.save()
    assert kept(row) == ("r1", "x.again", "worker:1", AT.replace(hour=11), "", "")
    assert kept(other)[1] == "x.do"


def test_a_row_that_is_gone_is_not_taken_for_saved():
    row = made()
    DoneRequest.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError, match="did not affect any rows"):
        row.save(update_fields=["key"])


def test_what_the_database_computes_is_still_computed():
    row = made(who=Lower(Value("WORKER:2")))
    assert kept(row)[2] == "worker:2"
    row.verb = Lower(Value("X.LOUD"))
    row.save(update_fields=["verb"])
    assert kept(row)[1] == "x.loud"


def test_a_constraint_still_says_no():
    made()
    with pytest.raises(IntegrityError):
        made()

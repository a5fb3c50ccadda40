"""Tables that refuse deletion are empty again at the start of every test, also after a test that committed."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from nabij.audit.actions import record_entry
from nabij.audit.models import Entry, Event


def write_what_cannot_be_deleted() -> None:
    assert Entry.objects.count() == 0
    record_entry(at=datetime(2026, 11, 2, tzinfo=UTC), event=Event.READ, verb="tests.look", actor_kind="system")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_committed_row_is_gone_in_the_next_test(turn) -> None:
    write_what_cannot_be_deleted()


@pytest.mark.django_db
def test_a_row_in_a_rolled_back_test_is_gone_too() -> None:
    write_what_cannot_be_deleted()


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_what_was_committed() -> None:
    write_what_cannot_be_deleted()
    seen = []

    def look() -> None:
        seen.append(Entry.objects.count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]

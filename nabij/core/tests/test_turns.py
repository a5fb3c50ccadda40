"""Writers of one SQLite file wait in a line: nobody starves, and who holds a turn gives it back whatever happens."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from nabij.core.databases.sqlite3.turns import Turn
from nabij.core.models import DoneRequest


@pytest.fixture
def turn(tmp_path):
    return lambda timeout=5.0: Turn(str(tmp_path / "town.sqlite3"), timeout)


def test_the_next_one_waits_until_the_turn_is_over(turn):
    first, second, order = turn(), turn(), []
    first.wait()

    def come_second():
        second.wait()
        order.append("second")
        second.over()

    waiting = threading.Thread(target=come_second)
    waiting.start()
    time.sleep(0.05)
    order.append("first")
    first.over()
    waiting.join(5)
    assert order == ["first", "second"]


def test_who_waited_long_enough_goes_on_without_a_turn(turn):
    first, second = turn(), turn(0.05)
    first.wait()
    began = time.monotonic()
    second.wait()
    assert (second.file, time.monotonic() - began >= 0.05) == (-1, True)
    second.over()  # gives nothing back that it does not have
    third = turn(0.05)
    third.wait()
    assert third.file == -1
    first.over()


def test_a_turn_of_a_connection_that_is_gone_is_over(turn):
    turn().wait()  # nobody keeps it
    after = turn(0.05)
    after.wait()
    assert after.file >= 0
    after.over()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_holds_the_turn_of_its_database_until_it_is_committed_or_undone():
    held = lambda: connection.vendor == "sqlite" and connection.turn.file >= 0  # noqa: E731
    with transaction.atomic():
        assert held() == (connection.vendor == "sqlite")  # PostgreSQL has no line
        DoneRequest.objects.create(request_id="1", who="a", verb="b", at="2026-11-03T10:00:00Z")
    assert not held()
    with pytest.raises(OperationalError), transaction.atomic():
        raise OperationalError
    assert not held()
    with connection.in_turn():
        assert held() == (connection.vendor == "sqlite")
    assert not held()

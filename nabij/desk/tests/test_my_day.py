"""Mijn dag: one row per resident, in the order of need."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in

from .factories import make_day, make_signal

pytestmark = pytest.mark.django_db
DAY = reverse("desk:my_day")
OWN = 2  # the session's and the user's own query


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def me(team):
    return make_member(team, name="Noor")


@pytest.fixture
def client(client, me):
    return log_in(client, me.worker)


def queries_of(client, address):
    with CaptureQueriesContext(connection ) as seen:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


def test_it_takes_the_same_number_of_queries_for_one_row_and_for_a_hundred(client, me, team):
    make_day(me, 1)
    make_signal(team)
    one = queries_of(client, DAY)
    make_day(me, 99)
    hundred = queries_of(client, DAY)
    assert len(hundred) == len(one)
    assert len(one) - OWN <= 8, "\n".join(sql[:150] for sql in one)

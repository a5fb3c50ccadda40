"""The resident's page: everything on one page, in a fixed number of queries."""

import pytest
from django.urls import reverse

from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in

from .factories import make_case, make_contact, make_person, make_signal
from .test_my_day import OWN, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def me(team):
    return make_member(team, name="Noor")


@pytest.fixture
def client(client, me):
    return log_in(client, me.worker)


@pytest.fixture
def person(me):
    return make_person(me)


def page_of(person):
    return reverse("desk:resident", args=[person.dossier.ref])


def test_it_takes_the_same_number_of_queries_for_one_moment_and_for_a_hundred(client, me, team, person):
    make_contact(me, person)
    make_case(me, person)
    one = queries_of(client, page_of(person))
    for number in range(40):
        make_contact(me, person, days=number + 1)
        make_signal(team, dossier=person.dossier)
    for number in range(20):
        make_case(me, person, days=number)
    hundred = queries_of(client, page_of(person))
    assert len(hundred) == len(one)
    assert len(one) - OWN <= 8, "\n".join(sql[:150] for sql in one)

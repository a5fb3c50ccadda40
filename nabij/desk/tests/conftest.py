"""A team, a worker in it, and that worker logged in."""

import pytest

from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def me(team):
    return make_member(team, name="Noor")


@pytest.fixture
def client(client, me):
    return log_in(client, me.worker)

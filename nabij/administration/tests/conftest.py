"""What every test of this room asks for."""

import pytest

from .factories import make_office


@pytest.fixture
def office(client):
    """The team and the administrator, logged in on `client`."""
    return make_office(client)


@pytest.fixture
def team(office):
    return office[0]

"""Whom nearly every test meets: a team with its lead, two colleagues in it, and who manages the accounts."""

from typing import Any

import pytest


@pytest.fixture
def team() -> Any:
    """A team with a lead and a substitute."""
    from nabij.access.tests.factories import make_team

    return make_team()


@pytest.fixture
def noor(team: Any) -> Any:
    """Noor's place in the team: she does what the test is about."""
    from nabij.access.tests.factories import make_member

    return make_member(team, name="Noor")


@pytest.fixture
def bo(team: Any) -> Any:
    """Bo's place in the same team."""
    from nabij.access.tests.factories import make_member

    return make_member(team, name="Bo")


@pytest.fixture
def anja(team: Any) -> Any:
    """Anja's place as administrator of the organisation."""
    from nabij.access.models import Role
    from nabij.access.tests.factories import make_member

    return make_member(team, Role.ADMINISTRATOR, "Anja")

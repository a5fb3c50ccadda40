"""Small, plain makers of residents for tests."""

from nabij.access.models import Membership, Team
from nabij.access.tests.factories import actor_for
from nabij.residents.actions import create_resident
from nabij.residents.models import Resident


def make_resident(team: Team, surname: str = "de Vries", *, by: Membership | None = None, **fields: object) -> Resident:
    """Write down a resident the way people do, by the team's lead."""
    actor = actor_for(by or team.lead)
    return create_resident(actor=actor, at=actor.at, team=team, surname=surname, **fields)

"""An administrator who is logged in, beside a team with a lead and a substitute."""

from django.test import Client

from nabij.access.models import Membership, Role, Team
from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in


def make_office(client: Client) -> tuple[Team, Membership]:
    """Return a team and the administrator of its municipality, logged in on this client."""
    team = make_team()
    office = Team.objects.create(municipality=team.municipality, controller=team.controller, name="Functioneel beheer", kind=Team.Kind.OFFICE)
    administrator = make_member(office, Role.ADMINISTRATOR, "Anja")
    log_in(client, administrator.worker)
    return team, administrator

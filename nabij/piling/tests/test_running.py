"""Under which assessment one dossier may be looked at: of its own organisation, in its own municipality, and not withdrawn."""

import pytest

from nabij.access.tests.factories import make_controller, make_dossier, make_municipality, make_team
from nabij.piling.actions import withdraw_assessment
from nabij.piling.queries import running_for

from .factories import do

pytestmark = pytest.mark.django_db


def test_an_assessment_is_of_one_organisation_in_one_municipality(member, dossier, assessment):
    team = member.team
    house = make_team(team.municipality, make_controller("welfare", "Welzijn"), name="Buurtteam")
    neighbours = make_team(make_municipality(team.controller), name="Team Elders")
    assert [running_for(dossier=one) for one in (dossier, make_dossier(house), make_dossier(neighbours))] == [assessment, None, None]


def test_what_was_withdrawn_does_not_run(officer, dossier, assessment):
    do(withdraw_assessment, officer, assessment=assessment)
    assert running_for(dossier=dossier) is None

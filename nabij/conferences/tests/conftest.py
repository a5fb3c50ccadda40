import pytest

from nabij.access.tests.factories import make_controller, make_member, make_team
from nabij.casework.tests.factories import make_case
from nabij.residents.tests.factories import make_resident

from .factories import make_conference


@pytest.fixture
def member():
    return make_member(make_team(), name="Noor")


@pytest.fixture
def dossier(member):
    return make_resident(member.team, "Bakker", call_name="Rie").dossier


@pytest.fixture
def case(member, dossier):
    return make_case(member, dossier)


@pytest.fixture
def conference(member, case):
    return make_conference(member, case)


@pytest.fixture
def elsewhere(member):
    return make_member(make_team(member.team.municipality, name="Team Elders"), name="Bo")


@pytest.fixture
def welfare(member):
    house = make_controller("welfare", "Welzijn Waterland")
    return make_member(make_team(member.team.municipality, house, name="Buurtteam"), name="Wen")

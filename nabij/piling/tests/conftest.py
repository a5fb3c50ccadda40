import pytest

from nabij.access.models import Role
from nabij.access.tests.factories import make_member, make_team
from nabij.residents.tests.factories import make_resident

from .factories import make_assessment


@pytest.fixture
def member():
    return make_member(make_team(), name="Noor")


@pytest.fixture
def officer(member):
    return make_member(member.team, Role.PRIVACY_OFFICER, "Fem")


@pytest.fixture
def dossier(member):
    return make_resident(member.team, "Bakker", call_name="Rie").dossier


@pytest.fixture
def assessment(officer):
    return make_assessment(officer)

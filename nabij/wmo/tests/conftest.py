import pytest

from nabij.residents.tests.factories import make_resident

from .factories import make_track


@pytest.fixture
def member(noor):
    return noor


@pytest.fixture
def dossier(member):
    return make_resident(member.team, "Bakker", call_name="Rie").dossier


@pytest.fixture
def track(member, dossier):
    return make_track(member, dossier)

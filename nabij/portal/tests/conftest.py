import pytest

from nabij.access.tests.factories import make_member, make_team
from nabij.casework import actions as casework
from nabij.casework.tests.factories import make_case
from nabij.portal.tests.factories import do, make_page
from nabij.residents.tests.factories import make_resident


@pytest.fixture
def member():
    return make_member(make_team(), name="Noor")


@pytest.fixture
def dossier(member):
    return make_resident(member.team, "Bakker", call_name="Rie", birth_year=1950).dossier


@pytest.fixture
def case(member, dossier):
    case = make_case(member, dossier, question="Ik wil weer naar buiten.")
    goal = do(casework.add_goal, member, case=case, text="Elke week naar de koffie")
    do(casework.add_activity, member, case=case, goal=goal, text="Samen lopen", rung=2, carrier="buurvrouw Els")
    return case


@pytest.fixture
def page_of_rie(member, dossier, case):
    return make_page(member, dossier, case)


@pytest.fixture
def all_open(member, dossier, case):
    return make_page(member, dossier, case, ("plan", "contacts", "looks", "download"))

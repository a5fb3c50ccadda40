"""Emergency access by itself, whoever asks for it: of the own organisation only, and never what is closed for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access import doors
from nabij.access.actions.grants import give_emergency_access
from nabij.access.models import Acquaintance, Grant
from nabij.core.errors import Absent

from .factories import actor_for, make_controller, make_dossier, make_member, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def inside():
    """A step runs inside an action only."""
    token = doors._under_way.set("test")
    yield
    doors._under_way.reset(token)


@pytest.fixture
def bo(team):
    return make_member(make_team(team.municipality, name="Team Centrum"), name="Bo")


def ask(member, dossier):
    actor = actor_for(member)
    return give_emergency_access(actor=actor, at=actor.at, dossier=dossier, reason="Buurman hoort om hulp roepen")


def test_it_opens_what_another_team_of_the_organisation_holds_until_the_end_of_tomorrow(team, bo):
    grant = ask(bo, make_dossier(team))
    assert (grant.worker, grant.kind, grant.until_on) == (bo.worker, "break_glass", timezone.localdate() + timedelta(1))


@pytest.mark.parametrize("why", ["another organisation", "erased", "known"])
def test_it_opens_nothing_of_others_nothing_erased_and_nothing_of_whom_one_knows(team, bo, why):
    welfare = make_team(team.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam")
    dossier = make_dossier(welfare if why == "another organisation" else team, erased_at=timezone.now() if why == "erased" else None)
    if why == "known":
        Acquaintance.objects.create(worker=bo.worker, dossier=dossier)
    with pytest.raises(Absent):
        ask(bo, dossier)
    assert Grant.objects.count() == 0

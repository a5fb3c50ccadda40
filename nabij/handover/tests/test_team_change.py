"""Another team: what goes along only when the new team takes it, what stays behind with a colleague."""

import pytest
from django.utils import timezone

from nabij.access.actions import add_membership
from nabij.access.models import Dossier, Role
from nabij.access.tests.factories import actor_for, make_controller, make_member, make_team
from nabij.commitments.models import Commitment
from nabij.commitments.tests.factories import make_task
from nabij.core.errors import Refused
from nabij.handover.actions import accept_item, finish_handover, offer_item, refuse_item, start_handover

from .factories import make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return make_team()


@pytest.fixture
def new(old):
    return make_team(old.municipality, name="Team Weidevenne")


@pytest.fixture
def noor(old):
    return make_member(old, name="Noor")


@pytest.fixture
def place(noor, new):
    return make_member(new, worker=noor.worker)


def now():
    return timezone.now()


def along(case, noor):
    facts = {"membership": noor, "dossier": case.commitment.dossier, "told": "told", "along": True}
    return offer_item(actor=actor_for(noor), at=now(), **facts)


def test_a_resident_goes_along_when_the_lead_of_the_new_team_says_yes(old, new, noor, place):
    [case] = make_residents(noor, "Riet")
    task = make_task(make_member(old, name="Bo"), dossier=case.commitment.dossier)
    handover = make_handover(noor, "team_change", to_membership=place)
    item = along(case, noor)
    assert item.commitment.owner == new.lead
    accept_item(actor=actor_for(new.lead), at=now(), item=item)
    case.commitment.refresh_from_db()
    item.commitment.refresh_from_db()
    dossier = Dossier.objects.get(pk=case.commitment.dossier_id)
    assert (case.commitment.owner, case.commitment.team, dossier.team) == (place, new, new)
    assert item.commitment.outcome == "accepted"
    assert Dossier.objects.visible_to(actor_for(task.owner)).filter(pk=dossier.pk).exists()
    finish_handover(actor=actor_for(old.lead), at=now(), handover=handover)
    noor.refresh_from_db()
    place.refresh_from_db()
    assert (noor.ended_at is not None, place.ended_at) == (True, None)


def test_after_a_no_it_stays_in_the_old_team_with_a_colleague(old, new, noor, place):
    [case] = make_residents(noor, "Riet")
    bo = make_member(old, name="Bo")
    make_handover(noor, "team_change", to_membership=place)
    asked = along(case, noor)
    refuse_item(actor=actor_for(new.lead), at=now(), item=asked, because="Woont hier niet")
    asked = make_item(case, bo)
    accept_item(actor=actor_for(bo), at=now(), item=asked)
    case.commitment.refresh_from_db()
    assert (case.commitment.owner, Dossier.objects.get().team) == (bo, old)


def test_nobody_takes_a_resident_along_to_another_organisation(old, noor):
    elsewhere = make_team(old.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam")
    place = make_member(elsewhere, worker=noor.worker)
    [case] = make_residents(noor, "Riet")
    make_handover(noor, "team_change", to_membership=place)
    with pytest.raises(Refused, match="alleen mee naar een team van dezelfde organisatie"):
        along(case, noor)


def test_a_change_of_team_needs_the_other_place_first(old, noor):
    with pytest.raises(Refused):
        start_handover(actor=actor_for(old.lead), at=now(), membership=noor, reason="team_change", planned_on=timezone.localdate())


def test_somebody_who_left_comes_back_without_a_help_desk(old, noor):
    handover = make_handover(noor)
    finish_handover(actor=actor_for(old.lead), at=now(), handover=handover)
    anja = make_member(old, Role.ADMINISTRATOR, "Anja")
    facts = {"role": Role.WORKER, "paid": True, "from_on": timezone.localdate()}
    again = add_membership(actor=actor_for(anja), at=now(), worker=noor.worker, team=old, **facts)
    assert make_task(again).owner == again
    assert Commitment.objects.open().count() == 1

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.models import Dossier, Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.casework.actions import add_activity, open_case, record_death
from nabij.commitments.actions import pause_commitment
from nabij.commitments.models import Commitment, Pause, Task
from nabij.commitments.tests.factories import make_task
from nabij.core.errors import Refused
from nabij.links.tests.factories import make as make_link
from nabij.residents.tests.factories import make_resident

from .factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_team())


@pytest.fixture
def resident(member):
    return make_resident(member.team)


def die(member, resident):
    return record_death(actor=actor_for(member), at=timezone.now(), dossier=resident.dossier, on=timezone.localdate())


def test_a_case_of_this_resident_alone_ends_and_one_aftercare_task_remains(member, resident):
    colleague = make_member(member.team, name="Bo")
    case = make_case(member, resident.dossier)
    add_activity(actor=actor_for(member), at=timezone.now(), case=case, text="Bellen", rung=1, carrier="Zelf")
    pause = {"reason": "Rust", "agreed_with": "Mevrouw", "look_again_on": timezone.localdate() + timedelta(30), "sooner_if": "Als het misgaat"}
    pause_commitment(actor=actor_for(member), at=timezone.now(), commitment=case.commitment, **pause)
    task = die(colleague, resident)
    assert (task.reason, task.commitment.owner, task.commitment.dossier) == ("aftercare", member, resident.dossier)
    assert list(Commitment.objects.filter(closed_at__isnull=True)) == [task.commitment]
    assert set(Commitment.objects.filter(closed_at__isnull=False).values_list("outcome", flat=True)) == {"deceased"}
    assert Pause.objects.filter(ended_at__isnull=True).count() == 0
    resident.refresh_from_db()
    assert resident.deceased_on == timezone.localdate()


def test_a_case_with_others_goes_on_with_them(member, resident):
    partner = make_resident(member.team, call_name="Bram")
    case = make_case(member, resident.dossier, partner.dossier)
    activity = add_activity(actor=actor_for(member), at=timezone.now(), case=case, text="Bellen", rung=1, carrier="Zelf")
    die(member, resident)
    for row in (case.commitment, activity.commitment):
        row.refresh_from_db()
        assert (row.is_open, row.dossier) == (True, partner.dossier)
    assert [link.until_on is None for link in case.case_dossiers.order_by("pk")] == [False, True]


def test_without_a_case_the_aftercare_is_for_who_writes_it_down_and_other_work_stays(member, resident):
    task = make_task(member, dossier=resident.dossier)
    aftercare = die(member, resident)
    task.refresh_from_db()
    assert (aftercare.commitment.owner, task.is_open) == (member, True)


def test_a_death_is_written_down_once(member, resident):
    die(member, resident)
    with pytest.raises(Refused):
        die(member, resident)
    assert Task.objects.filter(reason="aftercare").count() == 1


def test_who_works_by_grant_only_can_still_open_the_dossier_for_the_aftercare(member, resident):
    outreach = make_member(member.team, Role.GGD, name="Roy")
    at = timezone.now()
    case = open_case(actor=actor_for(member, at), at=at, dossiers=[resident.dossier], question="Rust.", owner=outreach)
    task = record_death(actor=actor_for(outreach, at), at=at, dossier=resident.dossier, on=timezone.localdate(at))
    assert Commitment.objects.get(pk=case.pk).outcome == "deceased"
    assert Commitment.objects.visible_to(actor_for(outreach)).filter(pk=task.pk).exists()
    assert not Dossier.objects.visible_to(actor_for(outreach, at + timedelta(days=91))).filter(pk=resident.pk).exists()


def test_the_links_of_who_died_end_and_those_of_others_go_on(member, resident):
    now, neighbour = timezone.now(), make_resident(member.team, call_name="Bram")
    theirs, _secret = make_link(now, dossier=resident.dossier)
    other, _secret = make_link(now, dossier=neighbour.dossier, subject="s" * 20)
    die(member, resident)
    for link in (theirs, other):
        link.refresh_from_db()
    assert (theirs.ended_at is None, other.ended_at is None) == (False, True)

"""The emergency stop, and the last day that passes before the worklist is empty."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Dossier, DutyTurn, Membership, Role
from nabij.access.tests.factories import actor_for, make_grant, make_member
from nabij.commitments.actions import block_worker, stand_in, take_commitment
from nabij.commitments.models import Commitment, StandIn
from nabij.commitments.tests.factories import make_task
from nabij.core.errors import Refused
from nabij.handover.actions import accept_item, finish_handover, force_out, offer_item
from nabij.handover.models import Handover
from nabij.handover.queries import overview, running_of, worklist

from .factories import left_of, make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def stop(team, noor):
    block_worker(actor=actor_for(team.lead), at=now(), worker=noor.worker)


def test_everything_goes_to_the_lead_within_a_day_and_keeps_the_name_of_who_left_it(team, noor):
    [case] = make_residents(noor, "Riet")
    task = make_task(noor, days=20)
    at = now()
    block_worker(actor=actor_for(team.lead), at=at, worker=noor.worker)
    rows = Commitment.objects.filter(pk__in=[case.pk, task.pk])
    assert {(r.owner, r.left_by) for r in rows} == {(team.lead, noor)}
    assert all(r.due_at <= at + timedelta(days=1) for r in rows)
    assert left_of(noor) == {"owned": 2}
    [who] = overview(actor=actor_for(team.lead)).leaving
    assert (who.membership, who.stopped, who.count) == (noor, True, 2)


def test_the_lead_hands_it_on_with_the_same_flow_until_nothing_is_left(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    task = make_task(noor)
    stop(team, noor)
    page = worklist(actor=actor_for(team.lead), membership=noor)
    assert (page.total, page.behind) == (2, True)
    facts = {"at": now(), "membership": noor, "to": bo}
    items = [offer_item(actor=actor_for(team.lead), dossier=case.commitment.dossier, told="together", **facts)]
    items.append(offer_item(actor=actor_for(team.lead), commitment=task, **facts))
    for item in items:
        accept_item(actor=actor_for(bo), at=now(), item=item)
    assert left_of(noor) == {}
    handover = running_of(membership=noor)
    assert handover.reason == "emergency"
    finish_handover(actor=actor_for(team.lead), at=now(), handover=handover)
    assert set(Commitment.objects.open().filter(pk__in=[case.pk, task.pk]).values_list("owner_id", "left_by_id")) == {(bo.pk, None)}


def test_who_takes_it_up_takes_it_off_the_worklist(team, noor, bo):
    task = make_task(noor)
    stop(team, noor)
    take_commitment(actor=actor_for(bo), at=now(), commitment=task)
    assert left_of(noor) == {}


def test_the_work_of_a_blocked_lead_goes_to_the_substitute_who_then_leads(team):
    task = make_task(team.lead)
    anja = make_member(team, Role.ADMINISTRATOR, "Anja")
    block_worker(actor=actor_for(anja), at=now(), worker=team.lead.worker)
    task.refresh_from_db()
    assert task.owner == team.lead_substitute
    assert actor_for(team.lead_substitute).led_team_ids == [team.pk]


def test_colleagues_they_stood_in_for_and_their_duty_go_to_the_team(team, noor, bo):
    today = timezone.localdate()
    row = stand_in(actor=actor_for(bo), at=now(), membership=bo, substitute=noor, from_on=today, until_on=today + timedelta(5))
    DutyTurn.objects.create(team=team, on=today + timedelta(3), membership=noor)
    stop(team, noor)
    row.refresh_from_db()
    assert (row.substitute, DutyTurn.objects.count(), left_of(noor)) == (None, 0, {})


def test_questions_that_a_blocked_colleague_had_to_answer_go_to_the_lead(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor)
    item = make_item(case, bo)
    stop(team, bo)
    item.refresh_from_db()
    assert item.commitment.owner == team.lead
    accept_item(actor=actor_for(team.lead), at=now(), item=item)
    case.commitment.refresh_from_db()
    assert case.commitment.owner == team.lead


def test_a_closed_dossier_opens_for_the_lead_who_must_now_answer(team, noor):
    [case] = make_residents(noor, "Riet")
    dossier = case.commitment.dossier
    make_grant(dossier, noor.worker, kind="restricted")
    Dossier.objects.filter(pk=dossier.pk).update(restricted=True)
    stop(team, noor)
    assert Dossier.objects.visible_to(actor_for(team.lead)).filter(pk=dossier.pk).exists()


def test_somebody_without_any_place_can_be_blocked_where_the_log_in_was_made(team):
    anja = make_member(team, Role.ADMINISTRATOR, "Anja")
    stray = make_member(team, name="Kim").worker
    Membership.objects.filter(worker=stray).delete()
    stray.made_in = team.municipality
    stray.save()
    block_worker(actor=actor_for(anja), at=now(), worker=stray)
    stray.refresh_from_db()
    assert stray.blocked_at is not None


def test_force_out_twice_changes_nothing_more(team, noor):
    make_residents(noor, "Riet")
    make_handover(noor)
    for _number in range(2):
        force_out(actor=system_actor(at=now()), at=now(), membership=noor)
    assert (Handover.objects.get().reason, left_of(noor)) == ("emergency", {"owned": 1})
    assert StandIn.objects.count() == 0


def test_an_emergency_is_not_finished_while_something_is_left(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    make_task(noor)
    stop(team, noor)
    item = offer_item(actor=actor_for(team.lead), at=now(), membership=noor, to=bo, dossier=case.commitment.dossier, told="told")
    accept_item(actor=actor_for(bo), at=now(), item=item)
    with pytest.raises(Refused, match=r"\(1\)"):
        finish_handover(actor=actor_for(team.lead), at=now(), handover=running_of(membership=noor))

"""Leaving: the worklist that must reach zero, and every door that refuses before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nabij.access.actions import end_membership
from nabij.access.models import DutyTurn, Grant, Membership, Role
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member
from nabij.casework.actions import add_activity
from nabij.commitments.actions import stand_in
from nabij.commitments.models import Commitment
from nabij.commitments.tests.factories import make_task
from nabij.contacts.models import ContactText
from nabij.contacts.tests.factories import make_contact
from nabij.core.errors import Absent, Refused
from nabij.handover.actions import (
    accept_item,
    cancel_handover,
    finish_handover,
    give_duty,
    name_in_restricted,
    refuse_item,
    start_handover,
)

from .factories import left_of, make_handover, make_item, make_residents

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_a_worker_leaves_with_nothing_left_behind(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    handover = make_handover(noor)
    item = make_item(case, bo)
    with pytest.raises(Refused, match="Bo"):
        finish_handover(actor=actor_for(team.lead), at=now(), handover=handover)
    accept_item(actor=actor_for(bo), at=now(), item=item)
    finish_handover(actor=actor_for(team.lead), at=now(), handover=handover)
    noor.refresh_from_db()
    assert noor.ended_at is not None
    assert Commitment.objects.open().filter(owner=noor).count() == 0
    case.commitment.refresh_from_db()
    assert (case.commitment.owner, case.commitment.is_open) == (bo, True)


def test_the_owner_changes_only_with_the_yes(noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor)
    item = make_item(case, bo)
    case.commitment.refresh_from_db()
    assert case.commitment.owner == noor
    accept_item(actor=actor_for(bo), at=now(), item=item)
    case.commitment.refresh_from_db()
    assert case.commitment.owner == bo


def test_activities_and_tasks_of_the_resident_go_along(noor, bo):
    [case] = make_residents(noor, "Riet")
    activity = add_activity(actor=actor_for(noor), at=now(), case=case, text="Samen lopen", rung=2, carrier="buur")
    task = make_task(noor, dossier=case.commitment.dossier)
    make_handover(noor)
    item = make_item(case, bo)
    accept_item(actor=actor_for(bo), at=now(), item=item)
    owners = Commitment.objects.filter(pk__in=[case.pk, activity.pk, task.pk]).values_list("owner_id", flat=True)
    assert set(owners) == {bo.pk}
    assert left_of(noor) == {}


def test_a_no_with_its_reason_brings_it_back_to_the_worklist(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    handover = make_handover(noor)
    item = make_item(case, bo)
    with pytest.raises(Refused):
        refuse_item(actor=actor_for(bo), at=now(), item=item, because="  ")
    refuse_item(actor=actor_for(bo), at=now(), item=item, because="Mijn week is vol")
    item.refresh_from_db()
    assert (item.answer, item.commitment.outcome) == ("Mijn week is vol", "refused")
    assert left_of(noor) == {"owned": 1}
    with pytest.raises(Refused, match=r"\(1\)"):
        finish_handover(actor=actor_for(team.lead), at=now(), handover=handover)
    assert make_item(case, team.lead).commitment.is_open


def test_the_first_real_contact_of_the_successor_closes_it_and_an_attempt_does_not(noor, bo):
    [case] = make_residents(noor, "Riet")
    dossier = case.commitment.dossier
    make_handover(noor)
    item = make_item(case, bo)
    accept_item(actor=actor_for(bo), at=now(), item=item)
    make_contact(bo, dossier, reached=False)
    make_contact(noor, dossier)
    item.commitment.refresh_from_db()
    assert item.commitment.is_open
    contact = make_contact(bo, dossier)
    item.commitment.refresh_from_db()
    assert (item.commitment.outcome, item.commitment.closed_at) == ("met", contact.recorded_at)
    last = item.commitment.turns.order_by("id").last()
    assert (last.outcome, last.by_id) == ("met", bo.pk)


def test_a_contact_before_the_yes_closes_nothing(noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor)
    item = make_item(case, bo)
    make_contact(bo, case.commitment.dossier)
    item.commitment.refresh_from_db()
    assert item.commitment.is_open


def test_private_notes_pass_on_only_when_that_was_chosen(team, noor, bo):
    kept, passed = make_residents(noor, "Riet", "Wim")
    for case in (kept, passed):
        make_contact(noor, case.commitment.dossier, audience="private", words="Alleen voor mij")
    make_handover(noor)
    accept_item(actor=actor_for(bo), at=now(), item=make_item(kept, bo))
    accept_item(actor=actor_for(bo), at=now(), item=make_item(passed, bo, notes="private"))
    seen = ContactText.objects.visible_to(actor_for(bo)).values_list("dossier_id", flat=True)
    assert list(seen) == [passed.commitment.dossier_id]


def test_what_was_open_by_name_ends_with_the_overlap(noor, bo):
    [case] = make_residents(noor, "Riet")
    dossier = case.commitment.dossier
    make_grant(dossier, noor.worker)
    make_handover(noor)
    until = timezone.localdate() + timedelta(days=10)
    accept_item(actor=actor_for(bo), at=now(), item=make_item(case, bo, leaver_until=until))
    assert set(Grant.objects.filter(worker=noor.worker).values_list("until_on", flat=True)) == {until}


def test_a_restricted_dossier_opens_for_the_successor_by_name(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    dossier = case.commitment.dossier
    make_grant(dossier, noor.worker, kind="restricted")
    type(dossier).objects.filter(pk=dossier.pk).update(restricted=True)
    make_handover(noor)
    item = make_item(case, bo)
    assert item.commitment.dossier_id is None
    assert not type(dossier).objects.visible_to(actor_for(bo)).filter(pk=dossier.pk).exists()
    accept_item(actor=actor_for(bo), at=now(), item=item)
    assert type(dossier).objects.visible_to(actor_for(bo)).filter(pk=dossier.pk).exists()


def test_only_who_was_asked_answers(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor)
    item = make_item(case, bo)
    for other in (noor, team.lead):
        with pytest.raises(Absent):
            accept_item(actor=actor_for(other), at=now(), item=item)


@pytest.mark.parametrize("source", ["stands_in", "leads", "duty", "alone", "owned"])
def test_every_source_keeps_somebody_from_leaving(team, noor, bo, source):
    today = timezone.localdate()
    if source == "stands_in":
        stand_in(actor=actor_for(bo), at=now(), membership=bo, substitute=noor, from_on=today + timedelta(3), until_on=today + timedelta(9))
    elif source == "leads":
        team.lead_substitute = noor
        team.save()
    elif source == "duty":
        DutyTurn.objects.create(team=team, on=today + timedelta(2), membership=noor)
    elif source == "alone":
        make_grant(make_dossier(team, restricted=True), noor.worker, kind="restricted")
    else:
        make_task(noor)
    assert left_of(noor) == {source: 1}
    handover = make_handover(noor)
    with pytest.raises(Refused, match=r"\(1\)"):
        finish_handover(actor=actor_for(team.lead), at=now(), handover=handover)


def test_duty_and_the_last_key_are_given_to_a_colleague(team, noor, bo):
    dossier = make_dossier(team, restricted=True)
    make_grant(dossier, noor.worker, kind="restricted")
    turn = DutyTurn.objects.create(team=team, on=timezone.localdate() + timedelta(2), membership=noor)
    give_duty(actor=actor_for(noor), at=now(), membership=noor, to=bo)
    name_in_restricted(actor=actor_for(noor), at=now(), membership=noor, dossier=dossier, to=bo)
    turn.refresh_from_db()
    assert (turn.membership, left_of(noor)) == (bo, {})


def test_the_database_refuses_the_end_while_a_handover_runs(team, noor):
    make_handover(noor)
    with pytest.raises(IntegrityError, match="handover runs"), transaction.atomic():
        Membership.objects.filter(pk=noor.pk).update(ended_at=now())
    with pytest.raises(Refused):
        end_membership(actor=actor_for(make_member(team, Role.ADMINISTRATOR, "Anja")), at=now(), membership=noor)


def test_the_database_refuses_the_end_of_a_substitute(noor, bo):
    today = timezone.localdate()
    stand_in(actor=actor_for(bo), at=now(), membership=bo, substitute=noor, from_on=today, until_on=today)
    with pytest.raises(IntegrityError, match="stands in"), transaction.atomic():
        Membership.objects.filter(pk=noor.pk).update(ended_at=now())


def test_who_has_left_stands_in_for_nobody_and_hands_nothing_over(noor, bo):
    today = timezone.localdate()
    row = stand_in(actor=actor_for(bo), at=now(), membership=bo, substitute=None, from_on=today, until_on=today)
    handover = make_handover(noor, "swap")
    cancel_handover(actor=actor_for(noor.team.lead), at=now(), handover=handover)
    Membership.objects.filter(pk=noor.pk).update(ended_at=now())
    with pytest.raises(IntegrityError, match="stands in for nobody"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(substitute=noor)
    with pytest.raises(IntegrityError, match="nothing to hand over"), transaction.atomic():
        type(handover).objects.filter(pk=handover.pk).update(ended_at=None)
    with pytest.raises(IntegrityError, match="nothing to hand over"), transaction.atomic():
        type(handover).objects.create(membership=noor, reason="swap", planned_on=today, started_at=now())


def test_who_stays_after_all_keeps_the_place(team, noor):
    handover = make_handover(noor, days=20)
    cancel_handover(actor=actor_for(team.lead), at=now(), handover=handover)
    noor.refresh_from_db()
    assert (noor.until_on, noor.ended_at, handover.task.outcome) == (None, None, "")
    assert Commitment.objects.get(pk=handover.task_id).outcome == "not_needed"


def test_the_same_pair_can_begin_again_after_an_end(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor, "swap")
    accept_item(actor=actor_for(bo), at=now(), item=make_item(case, bo))
    case.commitment.refresh_from_db()
    make_handover(bo, "swap")
    accept_item(actor=actor_for(noor), at=now(), item=make_item(case, noor))
    case.commitment.refresh_from_db()
    assert case.commitment.owner == noor


def test_a_worker_begins_a_swap_but_not_their_own_leaving(noor):
    facts = {"actor": actor_for(noor), "at": now(), "membership": noor, "planned_on": timezone.localdate()}
    with pytest.raises(Absent):
        start_handover(reason="leave", **facts)
    assert start_handover(**facts | {"actor": actor_for(noor)}, reason="swap").reason == "swap"

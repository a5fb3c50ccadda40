from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Acquaintance, DutyTurn, Grant, Role
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.audit.actions import record_entry, seal_entries
from nabij.audit.models import Entry, Event
from nabij.audit.queries import verify
from nabij.commitments.actions import add_task, hand_over, pause_commitment, stand_in
from nabij.commitments.clock import working_days_after
from nabij.commitments.models import Commitment
from nabij.contacts.tests.factories import make_contact
from nabij.core.errors import Absent
from nabij.core.models import DoneRequest
from nabij.drafts.models import Draft
from nabij.signals.actions import receive_signal
from nabij.upkeep.actions.sweeping import move_work
from nabij.upkeep.queries import duty_day, last_sweep
from nabij.upkeep.sweep import hand_on_duty, sweep

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def counts(at) -> dict[str, tuple[int, int]]:
    return {f.code: (f.found, f.repaired) for f in sweep(at=at) if f.found}


def make_task(member, dossier=None):
    now = timezone.now()
    lead = member.team.lead
    return add_task(
        actor=actor_for(lead), at=now, what="Bellen", owner=member, due_at=now + DAY, dossier=dossier
    ).commitment


def make_signal(team):
    now = timezone.now()
    actor = actor_for(make_member(team, Role.COUNTER, "Bo"))
    return receive_signal(
        actor=actor, at=now, channel="phone", about="person", who="een buurman", words="Gordijnen dicht.", team=team
    ).signal.commitment


def expire(member) -> None:
    type(member).objects.filter(pk=member.pk).update(until_on=timezone.localdate() - DAY)


def test_an_empty_house_has_nothing_to_sweep() -> None:
    assert counts(timezone.now()) == {}
    assert last_sweep().actor_kind == "system"


def test_work_of_a_passed_membership_goes_to_the_named_substitute() -> None:
    team = make_team()
    leaver, substitute = make_member(team, name="Lou"), make_member(team, name="Pim")
    task = make_task(leaver)
    today = timezone.localdate()
    stand_in(
        actor=actor_for(team.lead),
        at=timezone.now(),
        membership=leaver,
        substitute=substitute,
        from_on=today,
        until_on=today + DAY,
    )
    expire(leaver)
    assert counts(timezone.now()) == {"expired": (1, 1)}
    task.refresh_from_db()
    leaver.refresh_from_db()
    assert task.owner_id == substitute.pk
    assert task.taken_at is None
    assert leaver.ended_at is not None
    assert counts(timezone.now()) == {}


def test_without_substitute_the_lead_gets_it_and_can_open_the_restricted_dossier() -> None:
    team = make_team()
    leaver = make_member(team, name="Lou")
    dossier = make_dossier(team, restricted=True)
    make_grant(dossier, leaver.worker, kind="restricted")
    make_grant(dossier, team.lead.worker, until_on=timezone.localdate())
    task = make_task(leaver, dossier)
    Grant.objects.filter(worker=team.lead.worker).update(until_on=timezone.localdate() - DAY)
    expire(leaver)
    assert counts(timezone.now()) == {"expired": (1, 1), "grant": (1, 1)}
    task.refresh_from_db()
    assert task.owner_id == team.lead_id
    assert Grant.objects.filter(worker=team.lead.worker, kind="substitute", ended_at__isnull=True).count() == 1


def test_work_goes_to_nobody_who_knows_the_resident_in_private_life() -> None:
    team = make_team()
    leaver, friend = make_member(team, name="Lou"), make_member(team, name="Pim")
    dossier, now = make_dossier(team), timezone.now()
    Acquaintance.objects.create(worker=friend.worker, dossier=dossier)
    task = make_task(leaver, dossier)
    with pytest.raises(Absent):
        move_work(actor=system_actor(at=now), at=now, membership=leaver, successors=[friend])
    task.refresh_from_db()
    assert (task.owner_id, Grant.objects.filter(worker=friend.worker).count()) == (leaver.pk, 0)


def test_a_lead_past_the_last_day_is_reported_until_a_person_names_another() -> None:
    team = make_team()
    task = make_task(team.lead)
    expire(team.lead)
    assert counts(timezone.now()) == {"expired": (1, 0), "lead": (1, 0)}
    task.refresh_from_db()
    assert task.owner_id == team.lead_substitute_id
    assert counts(timezone.now()) == {"expired": (1, 0), "lead": (1, 0)}


def test_work_that_its_owner_may_not_open_is_reported() -> None:
    team = make_team()
    member = make_member(team, name="Lou")
    dossier = make_dossier(team)
    make_task(member, dossier)
    assert counts(timezone.now()) == {}
    type(dossier).objects.filter(pk=dossier.pk).update(restricted=True)
    assert counts(timezone.now()) == {"unseen": (1, 0)}
    make_grant(dossier, member.worker, kind="restricted")
    assert counts(timezone.now()) == {}


def test_work_of_a_blocked_colleague_goes_to_the_lead() -> None:
    team = make_team()
    blocked = make_member(team, name="Lou")
    task = make_task(blocked)
    type(blocked.worker).objects.filter(pk=blocked.worker_id).update(blocked_at=timezone.now())
    assert counts(timezone.now()) == {"blocked": (1, 1)}
    task.refresh_from_db()
    assert task.owner_id == team.lead_id


def test_a_pause_wakes_on_its_date_with_the_same_owner() -> None:
    team = make_team()
    member = make_member(team, name="Lou")
    task, now = make_task(member), timezone.now()
    actor = actor_for(member)
    until = timezone.localdate() + 7 * DAY
    pause = pause_commitment(
        actor=actor,
        at=now,
        commitment=task,
        reason="Rust",
        agreed_with="mevrouw zelf",
        look_again_on=until,
        sooner_if="val",
    )
    assert counts(now + 6 * DAY) == {}
    assert counts(now + 7 * DAY) == {"pause": (1, 1)}
    pause.refresh_from_db()
    task.refresh_from_db()
    assert pause.ended_at == now + 7 * DAY
    assert (task.owner_id, timezone.localdate(task.due_at)) == (member.pk, until)
    assert counts(now + 7 * DAY) == {}


def test_what_is_old_is_thrown_away_and_written_down() -> None:
    member, now = make_member(make_team()), timezone.now()
    Draft.objects.create(worker=member.worker, key="capture", data="x", updated_at=now - 31 * DAY)
    Draft.objects.create(worker=member.worker, key="other", data="x", updated_at=now - 29 * DAY)
    DoneRequest.objects.create(request_id="a", verb="v", who="w", at=now - 31 * DAY)
    assert counts(now) == {"draft": (1, 1), "request": (1, 1)}
    assert [draft.key for draft in Draft.objects.all()] == ["other"]
    assert set(Entry.objects.filter(event="remove").values_list("verb", flat=True)) == {
        "upkeep.drop_drafts",
        "upkeep.forget_requests",
    }


def test_a_dossier_past_its_term_is_reported_and_never_erased_by_itself() -> None:
    team = make_team()
    dossier = make_dossier(team)
    type(dossier).objects.filter(pk=dossier.pk).update(erase_on=timezone.localdate())
    assert counts(timezone.now()) == {"erasure": (1, 0)}
    dossier.refresh_from_db()
    assert dossier.erased_at is None


def test_a_signal_nobody_took_goes_to_the_next_duty_worker() -> None:
    team = make_team()
    signal, now = make_signal(team), timezone.now()
    later = now + DAY
    duty = make_member(team, name="Dirk")
    DutyTurn.objects.create(team=team, on=duty_day(at=later), membership=duty)
    assert signal.owner_id == team.lead_id
    assert hand_on_duty(at=later).repaired == 1
    signal.refresh_from_db()
    assert signal.owner_id == duty.pk
    assert hand_on_duty(at=later).found == 0


def test_a_signal_given_to_a_colleague_on_purpose_stays_there() -> None:
    team = make_team()
    signal, now = make_signal(team), timezone.now()
    colleague, duty = make_member(team, name="Cor"), make_member(team, name="Dirk")
    hand_over(actor=actor_for(team.lead), at=now, commitment=signal, owner=colleague)
    DutyTurn.objects.create(team=team, on=duty_day(at=now + DAY), membership=duty)
    assert hand_on_duty(at=now + DAY).found == 0
    assert Commitment.objects.get(pk=signal.pk).owner_id == colleague.pk


def test_the_duty_day_is_today_until_the_end_of_the_working_day() -> None:
    friday = timezone.make_aware(timezone.datetime(2026, 11, 20, 16, 59))
    assert duty_day(at=friday) == friday.date()
    assert duty_day(at=friday + timedelta(minutes=2)) == working_days_after(friday.date(), 1)


def test_who_is_spoken_without_a_case_is_kept_from_the_last_contact_and_not_from_the_opening() -> None:
    member, now = make_member(make_team()), timezone.now()
    spoken, tried, silent = (make_dossier(member.team) for _n in range(3))
    make_contact(member, spoken, at=now - 100 * DAY)
    make_contact(member, tried, at=now - 100 * DAY, reached=False)
    for dossier in (spoken, tried, silent):
        type(dossier).objects.filter(pk=dossier.pk).update(erase_on=timezone.localdate())
    assert {code: found for code, found in counts(now).items() if code in {"spoken", "erasure"}} == {"spoken": (1, 1), "erasure": (2, 0)}
    spoken.refresh_from_db()
    assert spoken.erase_on == timezone.localdate(now - 100 * DAY) + 730 * DAY
    assert "spoken" not in counts(now)


def test_the_record_loses_whole_sealed_ranges_after_five_years_and_still_proves_the_rest() -> None:
    now = timezone.now()
    for age, verb in ((1828, "old"), (1826, "young")):
        record_entry(at=now - age * DAY, event=Event.READ, verb=verb, actor_kind="system")
        seal_entries(at=now - age * DAY)
    assert counts(now) == {"record": (1, 1)}
    assert set(Entry.objects.filter(verb__in=["old", "young"]).values_list("verb", flat=True)) == {"young"}
    assert (verify().broken, "record" in counts(now)) == ("", False)

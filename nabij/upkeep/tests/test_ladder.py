from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_team
from nabij.audit.models import Entry
from nabij.casework.actions import open_case
from nabij.commitments.actions import add_task, finish_task, stand_in
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, StandIn, Turn
from nabij.contacts.actions import record_contact
from nabij.residents.actions import create_resident
from nabij.residents.models import Away, Resident
from nabij.signals.actions import receive_signal
from nabij.upkeep.limits import LIMITS, Ground, days_passed
from nabij.upkeep.models import Escalation, Rung
from nabij.upkeep.sweep import sweep
from nabij.upkeep.zero import in_all, quiet_cases

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = timezone.make_aware(timezone.datetime(2026, 11, 2, 9, 0))


def night(day):
    """Return the moment of the sweep in the night after a day."""
    return timezone.make_aware(timezone.datetime.combine(day + DAY, timezone.datetime.min.time())) + timedelta(hours=2.5)


def make_task(owner, *, at=MONDAY, due_at=MONDAY + DAY):
    return add_task(actor=actor_for(owner, at), at=at, what="Bellen", owner=owner, due_at=due_at)


def make_signal(owner, *, at=MONDAY):
    actor = actor_for(owner, at)
    return receive_signal(actor=actor, at=at, channel="phone", about="person", words="Gordijnen dicht.", who="nr 12", team=owner.team).signal.commitment


def make_case(owner, *, at=MONDAY):
    resident = create_resident(actor=actor_for(owner, at), at=at, team=owner.team, call_name="Riet", surname="Dalen")
    return open_case(actor=actor_for(owner, at), at=at, dossiers=[resident.dossier], due_at=at + timedelta(days=400)).commitment


def lines(commitment) -> list[tuple[str, int, int]]:
    rows = Escalation.objects.open().filter(commitment=commitment).order_by("rung")
    return [(row.ground, row.rung, row.to_id) for row in rows]


def test_a_signal_past_its_day_goes_up_one_person_each_working_day(team, noor):
    signal = make_signal(noor)
    due, lead, second = timezone.localdate(signal.due_at), team.lead_id, team.lead_substitute_id
    sweep(at=night(due))
    assert lines(signal) == [("unanswered", Rung.OWNER, lead)]  # nobody took it: the lead has it
    sweep(at=night(working_days_after(due, 1)))
    assert lines(signal)[-1] == ("unanswered", Rung.LEAD_SUBSTITUTE, second)
    Commitment.objects.filter(pk=signal.pk).update(owner=noor, taken_at=MONDAY)
    sweep(at=night(working_days_after(due, 1)))
    assert lines(signal) == [("unanswered", Rung.LEAD, lead)]


def test_who_does_nothing_is_followed_by_the_lead_and_then_the_leads_substitute(team, noor):
    task = make_task(noor).commitment
    limit = LIMITS[Ground.OVERDUE]
    first_day_over = working_days_after(timezone.localdate(task.due_at), limit.days + 1)
    seen = []
    for step in range(4):
        sweep(at=end_of(working_days_after(first_day_over, step * limit.grace)))
        seen.append(lines(task)[-1])
    people = [noor.pk, team.lead_id, team.lead_substitute_id, team.lead_substitute_id]
    rungs = [Rung.OWNER, Rung.LEAD, Rung.LEAD_SUBSTITUTE, Rung.LEAD_SUBSTITUTE]
    assert seen == [("overdue", rung, who) for rung, who in zip(rungs, people, strict=True)]
    assert [rung for _ground, rung, _who in lines(task)] == [Rung.OWNER, Rung.LEAD, Rung.LEAD_SUBSTITUTE]  # the road so far


def test_whoever_is_away_is_passed_over_for_the_substitute(team, noor):
    pim = make_member(team, name="Pim")
    task = make_task(noor).commitment
    day = working_days_after(timezone.localdate(task.due_at), 12)
    stand_in(actor=actor_for(team.lead, MONDAY), at=MONDAY, membership=noor, substitute=pim, from_on=day, until_on=day + 9 * DAY)
    sweep(at=end_of(day))
    assert lines(task) == [("overdue", Rung.SUBSTITUTE, pim.pk)]
    sweep(at=end_of(day + 10 * DAY))  # back again: her own line, and by now the lead's
    assert lines(task)[-1][1] >= Rung.LEAD
    assert StandIn.objects.get().ended_at is not None


def test_away_without_a_substitute_who_is_there_tells_the_lead_the_same_night(team, noor):
    pim = make_member(team, name="Pim")
    task = make_task(noor, due_at=MONDAY + 20 * DAY).commitment
    stand_in(
        actor=actor_for(team.lead, MONDAY), at=MONDAY, membership=noor, substitute=pim, from_on=MONDAY.date(), until_on=MONDAY.date() + 9 * DAY
    )
    assert in_all(at=MONDAY, on=MONDAY.date())["absent"] == 0
    stand_in(actor=actor_for(team.lead, MONDAY), at=MONDAY, membership=pim, substitute=None, from_on=MONDAY.date(), until_on=MONDAY.date() + DAY)
    assert in_all(at=MONDAY, on=MONDAY.date())["absent"] == 1
    sweep(at=MONDAY)
    assert lines(task) == [("absent", Rung.LEAD, team.lead_id)]
    assert in_all(at=MONDAY + 10 * DAY, on=MONDAY.date() + 10 * DAY)["absent"] == 0


def test_a_line_changes_neither_owner_nor_date_and_writes_one_entry(team, noor):
    task = make_task(noor).commitment
    later = night(working_days_after(timezone.localdate(task.due_at), 40))
    turns = Turn.objects.count()
    sweep(at=later)
    fresh = Commitment.objects.get(pk=task.pk)
    assert (fresh.owner_id, fresh.due_at, fresh.version, fresh.postponed) == (noor.pk, task.due_at, task.version, 0)
    assert Turn.objects.count() == turns
    assert Entry.objects.filter(verb="upkeep.escalate").count() == 1


def test_a_second_run_changes_nothing_more(team, noor):
    make_task(noor), make_signal(noor), make_case(noor)
    later = night(MONDAY.date() + 60 * DAY)
    first = {f.code: f.repaired for f in sweep(at=later) if f.repaired and f.code != "request"}
    rows = sorted(Escalation.objects.values_list())
    entries = Entry.objects.exclude(verb__endswith="sweep").exclude(verb="handover.tidy").count()
    assert first == {"line_unanswered": 1, "line_never": 1, "line_overdue": 1}
    assert {f.code: f.repaired for f in sweep(at=later) if f.repaired} == {}
    assert sorted(Escalation.objects.values_list()) == rows
    assert Entry.objects.exclude(verb__endswith="sweep").exclude(verb="handover.tidy").count() == entries


def test_what_is_solved_leaves_the_board(team, noor):
    task = make_task(noor)
    later = night(MONDAY.date() + 60 * DAY)
    sweep(at=later)
    finish_task(actor=actor_for(noor, later), at=later, task=task)
    sweep(at=later)
    assert lines(task.commitment) == []
    assert Escalation.objects.get().resolved_at == later


def test_never_spoken_counts_from_the_start_and_real_contact_ends_it(team, noor):
    case = make_case(noor)
    limit = LIMITS[Ground.NEVER].days
    on = MONDAY.date() + limit * DAY
    assert quiet_cases(on=on) == []
    assert [(q.ground, q.over) for q in quiet_cases(on=on + DAY)] == [("never", 1)]
    later = night(on)
    texts = {case.dossier_id: ("team", "")}
    facts = {"dossiers": [case.dossier], "medium": "phone", "happened_at": later, "texts": texts}
    record_contact(actor=actor_for(noor, later), at=later, reached=False, **facts)
    assert len(quiet_cases(on=on + DAY)) == 1  # an attempt is no contact
    record_contact(actor=actor_for(noor, later), at=later, reached=True, **facts)
    assert quiet_cases(on=on + DAY) == []
    quiet = quiet_cases(on=on + 44 * DAY)
    assert [(q.ground, q.over) for q in quiet] == [("silent", 1)]


def test_days_away_do_not_count_and_death_ends_silence(team, noor):
    case = make_case(noor)
    day = MONDAY.date() + 30 * DAY
    assert len(quiet_cases(on=day)) == 1
    Away.objects.create(dossier=case.dossier, kind="admitted", from_on=MONDAY.date() + 5 * DAY, until_on=MONDAY.date() + 25 * DAY)
    assert quiet_cases(on=day) == []
    assert len(quiet_cases(on=day + 10 * DAY)) == 1
    Resident.objects.filter(pk=case.dossier_id).update(deceased_on=day)
    assert quiet_cases(on=day + 10 * DAY) == []


def test_the_zero_counts_each_thing_once_and_for_its_own_team(team, noor):
    other = make_team(team.municipality, name="Team Wheermolen")
    signal, late = make_signal(noor), make_task(make_member(other, name="Bo"))
    assert in_all(at=MONDAY, on=MONDAY.date()) == {"owner": 0, "date": 0, "absent": 0, "never": 0, "unanswered": 0}
    after = signal.due_at + timedelta(minutes=1)
    assert in_all(at=after, on=timezone.localdate(after))["unanswered"] == 1
    Membership.objects.filter(pk=late.commitment.owner_id).update(from_on=MONDAY.date() + 90 * DAY)
    assert in_all(at=after, on=timezone.localdate(after))["absent"] == 1


def test_working_days_are_counted_without_weekends_and_holidays():
    friday = timezone.datetime(2026, 12, 24).date()  # Thursday; Christmas is Friday and Saturday
    assert days_passed(friday, friday + 4 * DAY, working=True) == 1
    assert days_passed(friday, friday + 4 * DAY, working=False) == 4
    assert days_passed(friday, friday - DAY, working=True) == 0
    assert days_passed(friday, friday + 365 * DAY, working=True) >= 260


def test_a_dossier_of_nobody_yet_is_no_promise_to_meet(team):
    make_dossier(team)
    assert quiet_cases(on=timezone.localdate() + 90 * DAY) == []

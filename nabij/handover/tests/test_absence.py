"""Absence: who stands in, what shows where, and that it returns by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.actor import worker_actor
from nabij.access.models import Dossier, DutyTurn
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.commitments.actions import change_substitute, end_stand_in, stand_in
from nabij.commitments.queries import board, unwatched
from nabij.commitments.tests.factories import make_task
from nabij.core.errors import Absent, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def now():
    return timezone.now()


def away(membership, substitute, *, days=5, by=None, **fields):
    today = timezone.localdate()
    facts = {"membership": membership, "substitute": substitute, "from_on": today, "until_on": today + days * DAY, **fields}
    return stand_in(actor=actor_for(by or membership), at=now(), **facts)


def sees(membership, at=None):
    return set(board(actor=worker_actor(membership.worker, at=at or now())).values_list("what", flat=True))


def test_the_substitute_sees_it_for_the_colleague_and_the_owner_stays(noor, bo):
    task = make_task(noor, "Bel de huisarts")
    away(noor, bo)
    assert list(board(actor=actor_for(bo)).values_list("what", "owner_id")) == [("Bel de huisarts", noor.pk)]
    task.refresh_from_db()
    assert task.owner == noor


def test_it_returns_by_itself_after_the_last_day(noor, bo):
    make_task(noor, "Bel de huisarts")
    away(noor, bo, days=2)
    assert sees(bo, now() + 2 * DAY) == {"Bel de huisarts"}
    assert sees(bo, now() + 3 * DAY) == set()


def test_without_a_substitute_it_shows_for_who_is_on_duty_else_for_the_lead(team, noor, bo):
    make_task(noor, "Bel de huisarts")
    away(noor, None)
    assert (sees(bo), sees(team.lead)) == (set(), {"Bel de huisarts"})
    DutyTurn.objects.create(team=team, on=timezone.localdate(), membership=bo)
    assert (sees(bo), sees(team.lead)) == ({"Bel de huisarts"}, set())


def test_a_substitute_who_falls_ill_is_seen_and_the_lead_gets_the_work(team, noor, bo):
    make_task(noor, "Bel de huisarts")
    row = away(noor, bo)
    assert unwatched(team_ids=[team.pk], on=timezone.localdate()) == []
    away(bo, team.lead_substitute, days=1)
    assert unwatched(team_ids=[team.pk], on=timezone.localdate()) == [row]
    assert sees(team.lead) == {"Bel de huisarts"}
    change_substitute(actor=actor_for(team.lead), at=now(), stand_in=row, substitute=team.lead_substitute)
    assert unwatched(team_ids=[team.pk], on=timezone.localdate()) == []


def test_who_replaces_the_lead_may_what_the_lead_may_until_the_lead_is_back(team, bo):
    row = away(team.lead, bo)
    assert actor_for(bo).led_team_ids == [team.pk]
    assert worker_actor(bo.worker, at=now() + 6 * DAY).led_team_ids == []
    end_stand_in(actor=actor_for(team.lead), at=now(), stand_in=row)
    assert actor_for(bo).led_team_ids == []


def test_restricted_dossiers_open_only_when_the_lead_says_so_and_close_again(team, noor, bo):
    dossier = make_dossier(team, restricted=True)
    make_grant(dossier, noor.worker, kind="restricted")
    make_task(noor, dossier=dossier)
    with pytest.raises(Refused):
        away(noor, bo, restricted=True)
    row = away(noor, bo, by=team.lead, restricted=True)

    def opens(at):
        return Dossier.objects.visible_to(worker_actor(bo.worker, at=at)).filter(pk=dossier.pk).exists()

    assert (opens(now()), opens(now() + 6 * DAY)) == (True, False)
    end_stand_in(actor=actor_for(team.lead), at=now(), stand_in=row)
    assert not opens(now())


def test_a_colleague_arranges_only_their_own_absence(noor, bo):
    with pytest.raises(Absent):
        away(noor, bo, by=bo)


def test_the_substitute_is_somebody_else_who_is_there(team, noor, bo):
    elsewhere = make_member(make_team(team.municipality, name="Team Weidevenne"), name="Wen")
    for wrong in (noor, elsewhere):
        with pytest.raises(Refused):
            away(noor, wrong)
    away(bo, None, days=9)
    with pytest.raises(Refused, match="Bo"):
        away(noor, bo)


def test_two_absences_in_the_same_days_are_refused(noor, bo):
    away(noor, bo)
    with pytest.raises(Refused):
        away(noor, None)


def test_turns_of_duty_in_these_days_go_to_the_substitute(team, noor, bo):
    inside = DutyTurn.objects.create(team=team, on=timezone.localdate() + DAY, membership=noor)
    later = DutyTurn.objects.create(team=team, on=timezone.localdate() + 9 * DAY, membership=noor)
    away(noor, bo)
    inside.refresh_from_db()
    later.refresh_from_db()
    assert (inside.membership, later.membership) == (bo, noor)

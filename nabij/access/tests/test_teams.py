"""Teams: who leads, who takes what comes in, and what is refused about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access import actions
from nabij.access.models import DutyTurn, Role, Team
from nabij.access.queries import on_duty, team_for
from nabij.core.errors import Absent, Refused

from .factories import actor_for, make_member, make_municipality, make_neighbourhood, make_team

pytestmark = pytest.mark.django_db
NOW = timezone.now
TODAY = timezone.localdate


@pytest.mark.parametrize(
    ("gone", "why"), [(False, "Kies iemand van hetzelfde team"), (True, "Deze collega is weg uit het team")]
)
def test_a_team_is_led_from_within_and_by_somebody_who_is_there(team, anja, gone, why):
    home = team if gone else make_team(team.municipality, name="Team Centrum")
    lead = make_member(home, Role.LEAD, "Lies", ended_at=NOW() if gone else None)
    with pytest.raises(Refused, match=why) as refused:
        actions.appoint_lead(actor=actor_for(anja), at=NOW(), team=team, lead=lead, substitute=team.lead_substitute)
    assert (refused.value.field, Team.objects.get(pk=team.pk).lead.worker.name) == ("lead", "Leonie")


def test_the_front_door_is_a_team_of_the_municipality_itself(team, anja):
    elsewhere = make_team(name="Team Elders")
    with pytest.raises(Absent):
        actions.set_front_door(actor=actor_for(anja), at=NOW(), municipality=team.municipality, team=elsewhere)
    team.municipality.refresh_from_db()
    assert team.municipality.front_door == team


@pytest.mark.parametrize("who", ["elsewhere", "ended", "unpaid"])
def test_on_duty_is_a_paid_colleague_who_is_in_the_team(team, who):
    member = {
        "elsewhere": lambda: make_member(make_team(team.municipality, name="Team Centrum")),
        "ended": lambda: make_member(team, ended_at=NOW()),
        "unpaid": lambda: make_member(team, paid=False),
    }[who]()
    with pytest.raises(Refused, match="Kies een betaalde collega van dit team"):
        actions.plan_duty(actor=actor_for(team.lead), at=NOW(), team=team, on=TODAY(), membership=member)
    assert DutyTurn.objects.count() == 0


def test_a_rota_with_a_day_that_has_passed_is_not_saved_at_all(team):
    days = {TODAY() + timedelta(1): team.lead, TODAY() - timedelta(1): team.lead}
    with pytest.raises(Refused, match="Deze datum is voorbij"):
        actions.plan_rota(actor=actor_for(team.lead), at=NOW(), team=team, days=days)
    assert DutyTurn.objects.count() == 0


@pytest.mark.parametrize("gone", ["blocked", "ended", "last day"])
def test_who_is_not_there_is_not_on_duty_whatever_the_rota_says(team, gone):
    bo = make_member(team, name="Bo")
    DutyTurn.objects.create(team=team, membership=bo, on=TODAY())
    assert on_duty(team=team, on=TODAY()) == bo
    bo.worker.blocked_at = NOW() if gone == "blocked" else None
    bo.ended_at = NOW() if gone == "ended" else None
    bo.until_on = TODAY() - timedelta(1) if gone == "last day" else None
    bo.worker.save()
    bo.save()
    assert on_duty(team=team, on=TODAY()) == team.lead


def test_a_team_with_nobody_to_answer_has_nobody_on_duty():
    bare = Team.objects.create(municipality=make_municipality(), controller=make_team().controller, name="Team Kaal")
    with pytest.raises(Absent):
        on_duty(team=bare, on=TODAY())


def test_where_no_team_works_and_no_front_door_is_there_is_no_team():
    municipality = make_municipality()
    for place in (None, make_neighbourhood(municipality)):
        with pytest.raises(Absent):
            team_for(municipality=municipality, neighbourhood=place, on=TODAY())

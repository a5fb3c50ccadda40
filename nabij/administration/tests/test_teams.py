"""Teams: made, led, working in neighbourhoods, and who is on duty."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nabij.access.models import DutyTurn, Team, TeamArea
from nabij.access.tests.factories import make_controller, make_member, make_neighbourhood, make_team
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
MONDAY = date(2026, 11, 2)


def to(name, *parts):
    return reverse(f"administration:{name}", args=parts)


def test_a_team_of_a_welfare_organisation_is_made(client, team):
    welfare = make_controller("welfare", "Welzijn Waterland")
    make_team(team.municipality, welfare, name="Buurtteam")
    client.post(to("new_team"), {"name": "Buurtteam Noord", "phone": "0299 1", "kind": "neighbourhood", "controller": welfare.ref})
    made = Team.objects.get(name="Buurtteam Noord")
    assert (made.municipality, made.controller, made.phone) == (team.municipality, welfare, "0299 1")


def test_two_teams_do_not_share_a_name(client, team):
    answer = client.post(to("new_team"), {"name": team.name.upper(), "kind": "neighbourhood", "controller": team.controller.ref})
    assert answer.status_code == 422 and "Er is al een team met deze naam." in answer.text


def test_name_telephone_and_assigned_only_are_changed(client, team):
    client.post(to("change_team", team.ref), {"name": "Team Gors-Zuid", "phone": "0299 9", "assigned_only": "on", "version": team.version})
    team.refresh_from_db()
    assert (team.name, team.phone, team.assigned_only) == ("Team Gors-Zuid", "0299 9", True)


def test_a_lead_is_not_their_own_substitute(client, team):
    answer = client.post(to("appoint_lead", team.ref), {"lead": team.lead.ref, "substitute": team.lead.ref})
    assert answer.status_code == 422 and "twee verschillende mensen" in answer.text


def test_a_new_lead_is_named(client, team):
    femke = make_member(team, name="Femke")
    client.post(to("appoint_lead", team.ref), {"lead": femke.ref, "substitute": team.lead_substitute.ref})
    team.refresh_from_db()
    assert team.lead == femke


def test_a_team_works_in_a_neighbourhood_until_a_day(client, team):
    gors = make_neighbourhood(team.municipality)
    client.post(to("add_area", team.ref), {"neighbourhood": gors.ref, "from_on": "2026-01-01"})
    area = TeamArea.objects.get(team=team, neighbourhood=gors)
    early = client.post(to("end_area", team.ref), {"area": area.pk, "until_on": "2025-12-31"})
    assert early.status_code == 422 and "De laatste dag ligt voor de eerste dag." in early.text
    client.post(to("end_area", team.ref), {"area": area.pk, "until_on": "2026-12-31"})
    area.refresh_from_db()
    assert area.until_on == date(2026, 12, 31)


def test_an_area_of_another_team_cannot_be_ended_here(client, team):
    other = make_team(team.municipality, name="Team Overwhere")
    area = TeamArea.objects.create(team=other, neighbourhood=make_neighbourhood(team.municipality), from_on=MONDAY)
    assert client.post(to("end_area", team.ref), {"area": area.pk, "until_on": "2026-12-31"}).status_code == 422
    area.refresh_from_db()
    assert area.until_on is None


def test_the_rota_shows_the_working_days_of_two_weeks(client, team, clock):
    clock.to(MONDAY)
    text = client.get(to("rota", team.ref)).text
    assert [f'name="d{MONDAY + timedelta(n):%Y%m%d}"' in text for n in range(15)] == [True] * 5 + [False] * 2 + [True] * 5 + [False] * 3


def test_the_rota_is_saved_whole_and_written_down_once(client, team, clock):
    clock.to(MONDAY)
    sam = team.lead_substitute
    client.post(to("rota", team.ref), {"d20261102": sam.ref, "d20261103": team.lead.ref, "request_id": "a" * 32})
    assert list(DutyTurn.objects.order_by("on").values_list("on", "membership_id")) == [(MONDAY, sam.pk), (date(2026, 11, 3), team.lead_id)]
    assert Entry.objects.filter(verb__startswith="access.plan").count() == 1
    client.post(to("rota", team.ref), {"d20261103": team.lead.ref})
    assert list(DutyTurn.objects.values_list("on", flat=True)) == [date(2026, 11, 3)]


def test_a_lead_plans_their_own_team_and_sees_no_other(client, team):
    other = make_team(team.municipality, name="Team Overwhere")
    lead = log_in(type(client)(), team.lead.worker)
    listed = lead.get(to("duty")).text
    assert (team.name in listed, other.name in listed) == (True, False)
    assert (lead.get(to("rota", team.ref)).status_code, lead.get(to("rota", other.ref)).status_code) == (200, 404)
    assert lead.get(to("manage")).status_code == 404


def test_a_worker_plans_nothing(client, team):
    worker = log_in(type(client)(), team.lead_substitute.worker)
    assert worker.post(to("rota", team.ref), {}).status_code == 404

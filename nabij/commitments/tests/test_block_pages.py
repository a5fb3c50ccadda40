"""Blocking a log-in: at once, from a page, by the lead or the administrator, and nothing is left behind."""

import pytest
from django.test import Client
from django.urls import reverse

from nabij.access.models import Acquaintance, Role
from nabij.access.tests.factories import make_dossier, make_member, make_team

from .factories import log_in, make_task

pytestmark = pytest.mark.django_db


def to(verb, member):
    return reverse(f"commitments:{verb}_worker", args=[member.worker.ref])


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR])
def test_who_is_blocked_is_out_at_the_next_click_and_the_work_is_the_leads(client, team, role):
    femke = make_member(team, name="Femke")
    task = make_task(femke)
    hers = log_in(Client(), femke.worker)
    assert hers.get("/").status_code == 200
    blocker = team.lead if role == Role.LEAD else make_member(team, role, "Anja")
    log_in(client, blocker.worker)
    assert "1 ding waar deze persoon aanspreekpunt voor is" in client.get(to("block", femke)).text
    answer = client.post(to("block", femke), {"next": "/search"})
    task.refresh_from_db()
    assert (answer.status_code, answer.url, task.owner) == (302, "/search", team.lead)
    assert hers.get("/").url.startswith("/account/login/")


def test_who_is_let_in_again_gets_no_work_back(client, team):
    femke = make_member(team, name="Femke")
    task = make_task(femke)
    log_in(client, team.lead.worker)
    client.post(to("block", femke), {})
    client.post(to("unblock", femke), {})
    femke.worker.refresh_from_db()
    task.refresh_from_db()
    assert (femke.worker.blocked_at, femke.worker.is_active, task.owner) == (None, True, team.lead)


def test_nobody_blocks_themselves(client, team):
    log_in(client, team.lead.worker)
    answer = client.post(to("block", team.lead), {})
    assert answer.status_code == 422 and "Je kunt jezelf niet blokkeren" in answer.text


@pytest.mark.parametrize("verb", ["block", "unblock"])
def test_a_lead_does_not_reach_another_team(client, team, verb):
    other = make_team(team.municipality, name="Team Elders").lead_substitute
    log_in(client, team.lead.worker)
    assert (client.get(to(verb, other)).status_code, client.post(to(verb, other), {}).status_code) == (404, 404)
    other.worker.refresh_from_db()
    assert other.worker.blocked_at is None


def test_a_worker_blocks_nobody(client, team):
    log_in(client, team.lead_substitute.worker)
    assert client.post(to("block", team.lead), {}).status_code == 404


def test_who_still_answers_for_a_resident_hands_over_before_saying_that_they_know_them(client, team):
    dossier = make_dossier(team)
    make_task(team.lead, dossier=dossier)
    log_in(client, team.lead.worker)
    answer = client.post(reverse("access:know_resident", args=[dossier.ref]), {})
    assert answer.status_code == 422 and "Draag dat eerst over." in answer.text
    assert Acquaintance.objects.count() == 0

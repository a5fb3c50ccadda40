"""Find a resident: always by POST, reasons shown, elsewhere only the team."""

import pytest
from django.urls import reverse

from nabij.access.models import Role
from nabij.access.tests.factories import make_member, make_team
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import log_in

from .factories import make_person

pytestmark = pytest.mark.django_db
SEARCH = reverse("desk:search")


def test_a_get_shows_the_form_and_never_searches(client, me):
    make_person(me, 0)
    text = client.get(SEARCH, {"words": "kroon"}).text
    assert 'method="post"' in text
    assert "Annie" not in text


def test_somebody_of_my_team_is_found_with_the_reason(client, me):
    person = make_person(me, 0)
    text = client.post(SEARCH, {"words": "kroon annie"}).text
    assert reverse("desk:resident", args=[person.dossier.ref]) in text
    assert "zelfde achternaam" in text


def test_the_search_is_written_down_without_its_words(client, me):
    person = make_person(me, 0)
    client.post(SEARCH, {"words": "kroon"})
    entries = Entry.objects.filter(verb="desk.search")
    assert [entry.dossiers for entry in entries] == [f"[{person.pk}]"]
    assert not Entry.objects.filter(detail__icontains="kroon").exists()


def test_another_team_is_named_only_after_a_full_match(client, me, team):
    other = make_team(municipality=team.municipality, controller=team.controller, name="Team Overwhere")
    make_person(other.lead, 0, birth_year=1951, birth_month=7, birth_day=4)
    assert "Team Overwhere" not in client.post(SEARCH, {"words": "kroon"}).text
    text = client.post(SEARCH, {"words": "kroon 4-7-1951"}).text
    assert "Bekend bij Team Overwhere" in text
    assert "Annie" not in text


def test_nothing_found_offers_to_write_somebody_down(client, me):
    text = client.post(SEARCH, {"words": "zwartjes"}).text
    assert reverse("residents:create") in text
    assert "zwartjes" in text


def test_an_empty_search_says_what_to_type(client, me):
    answer = client.post(SEARCH, {"words": ""})
    assert answer.status_code == 422
    assert "Typ een naam" in answer.text


def test_a_counter_worker_hears_which_team_but_opens_nothing(client, team):
    person = make_person(team.lead, 0, birth_year=1951, birth_month=7, birth_day=4)
    counter = log_in(type(client)(), make_member(team, Role.COUNTER, "Carla").worker)
    text = counter.post(SEARCH, {"words": "kroon 4-7-1951"}).text
    assert f"Bekend bij {team.name}" in text
    assert person.dossier.ref not in text

"""The privacy officer's page: who looked, by name; emergency access; seals."""

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Role
from nabij.access.tests.factories import make_controller, make_member, make_team
from nabij.audit.actions import seal_entries
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import log_in

from .factories import make_person

pytestmark = pytest.mark.django_db
PRIVACY = reverse("desk:privacy")


@pytest.fixture
def officer(client, team):
    return log_in(type(client)(), make_member(team, Role.PRIVACY_OFFICER, "Paul").worker)


def test_who_looked_is_shown_by_name(client, me, officer):
    person = make_person(me, 0)
    client.get(reverse("desk:resident", args=[person.dossier.ref]))
    text = officer.post(PRIVACY, {"ref": person.dossier.ref}).text
    assert ">Noor</td>" in text
    assert Entry.objects.filter(verb="desk.privacy", dossiers=f"[{person.pk}]").count() == 1


def test_a_number_of_another_organisation_is_absent(officer):
    theirs = make_team(controller=make_controller("welfare", "Stichting Samen"), name="Team Welzijn")
    person = make_person(theirs.lead, 0)
    answer = officer.post(PRIVACY, {"ref": person.dossier.ref})
    assert answer.status_code == 422
    assert "Er is geen dossier met dit nummer" in answer.text


def test_the_seals_are_named(officer, me):
    make_person(me, 0)
    seal = seal_entries(at=timezone.now())
    assert seal.hmac[:16] in officer.get(PRIVACY).text


def test_nobody_else_finds_the_page(client, me):
    assert client.get(PRIVACY).status_code == 404

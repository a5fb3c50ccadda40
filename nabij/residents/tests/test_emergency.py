"""Emergency access: by exact name and birth date, written down, and one answer for everything that is not found or not for you."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Acquaintance, Dossier, Grant, Role
from nabij.access.tests.factories import actor_for, make_controller, make_member, make_team
from nabij.audit.models import Entry, Event
from nabij.commitments.tests.factories import log_in
from nabij.residents.actions import create_resident
from nabij.residents.models import Knock

pytestmark = pytest.mark.django_db
PAGE = reverse("residents:break_glass")
RIET = {"surname": "van Dalen", "born_on": "1951-07-04", "reason": "Buurman hoort haar om hulp roepen", "call_name": ""}
NOBODY = "Hiermee is niemand gevonden."


def make_resident(team, **fields):
    known = {"call_name": "Riet", "prefix": "van", "surname": "Dalen", "birth_year": 1951, "birth_month": 7, "birth_day": 4}
    return create_resident(actor=actor_for(team.lead), at=timezone.now(), team=team, **(known | fields))


@pytest.fixture
def theirs():
    """The team that knows her."""
    return make_team(name="Team Overwhere")


@pytest.fixture
def colleague(theirs):
    """Somebody of another team of the same organisation."""
    return make_member(make_team(theirs.municipality, name="Team Gors"), name="Bo")


@pytest.fixture
def client(client, colleague):
    return log_in(client, colleague.worker)


def sees(membership, dossier):
    return Dossier.objects.visible_to(actor_for(membership)).filter(pk=dossier.pk).exists()


@pytest.mark.parametrize("surname", ["van Dalen", "Dalen", "VAN  DALEN"])
def test_the_exact_name_and_birth_date_open_the_dossier_until_the_end_of_tomorrow(client, theirs, colleague, surname):
    dossier = make_resident(theirs).dossier
    assert not sees(colleague, dossier)
    answer = client.post(PAGE, {**RIET, "surname": surname})
    grant = Grant.objects.get(dossier=dossier, kind=Grant.Kind.BREAK_GLASS)
    assert (answer.status_code, answer.url) == (302, f"/residents/{dossier.ref}")
    assert (grant.worker, grant.until_on, grant.reason) == (colleague.worker, timezone.localdate() + timedelta(1), RIET["reason"])
    assert sees(colleague, dossier)


def test_it_stands_in_the_log_of_this_dossier_as_emergency(client, theirs, colleague):
    dossier = make_resident(theirs).dossier
    client.post(PAGE, RIET)
    entry = Entry.objects.get(verb="residents.break_glass")
    assert (entry.event, entry.dossier_id, entry.actor_id) == (Event.EMERGENCY, dossier.pk, colleague.worker_id)


def refused_like_nobody(client, words=RIET):
    client.post(PAGE, words)
    answer = client.post(PAGE, words)
    return answer.status_code == 422 and NOBODY in answer.text and not Grant.objects.filter(kind="break_glass").exists()


def test_nobody_of_this_name_is_answered_in_words_and_written_down(client):
    assert refused_like_nobody(client)
    assert set(Entry.objects.filter(verb="residents.break_glass").values_list("event", "dossier_id")) == {(Event.EMERGENCY, None)}


@pytest.mark.parametrize("words", [{"surname": "Dal"}, {"surname": "van Dalem"}, {"born_on": "1951-07-05"}, {"call_name": "Ria"}])
def test_nearly_the_right_name_or_date_finds_nobody(client, theirs, words):
    make_resident(theirs)
    assert refused_like_nobody(client, RIET | words)


def test_a_birth_date_known_in_part_is_no_exact_match(client, theirs):
    make_resident(theirs, birth_day=None)
    assert refused_like_nobody(client)


def test_another_organisation_is_as_nobody(client, theirs):
    make_resident(make_team(theirs.municipality, make_controller("welfare", "Welzijn"), name="Buurtteam"))
    assert refused_like_nobody(client)


def test_oneself_or_somebody_one_knows_is_as_nobody(client, theirs, colleague):
    Acquaintance.objects.create(worker=colleague.worker, dossier=make_resident(theirs).dossier)
    assert refused_like_nobody(client)


def test_twins_are_told_apart_by_their_first_name(client, theirs):
    make_resident(theirs)
    assert make_resident(theirs, call_name="Ria").dossier_id
    assert refused_like_nobody(client)
    assert client.post(PAGE, {**RIET, "call_name": "ria"}).status_code == 302
    assert Grant.objects.get(kind="break_glass").dossier.resident.call_name == "Ria"


def test_who_works_with_a_restricted_dossier_is_told(client, theirs):
    dossier = make_resident(theirs).dossier
    Dossier.objects.filter(pk=dossier.pk).update(restricted=True)
    assert client.post(PAGE, RIET).status_code == 302
    assert Knock.objects.get().dossier_ids == [dossier.pk]


def test_a_reason_is_needed_and_what_was_typed_stays(client, theirs):
    make_resident(theirs)
    answer = client.post(PAGE, {**RIET, "reason": "nood"})
    assert answer.status_code == 422 and 'value="van Dalen"' in answer.text
    assert Entry.objects.filter(verb="residents.break_glass").count() == 0


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COUNTER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_others_have_no_emergency_page(theirs, role):
    client = log_in(Client(), make_member(theirs, role, "Vera").worker)
    assert client.post(PAGE, RIET).status_code == 404

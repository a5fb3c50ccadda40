"""Search before create, on one page."""

import pytest
from django.test import Client

from nabij.access.models import Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.audit.models import Entry
from nabij.core.ids import new_request_id
from nabij.drafts.keeping import draft_of, save_draft
from nabij.residents.models import ContactWay, Resident

from .factories import make_resident
from .test_pages import logged_in

pytestmark = pytest.mark.django_db
JAN = {
    "call_name": "Jan",
    "surname": "de Vries",
    "name_order": "own",
    "birth_day": "4",
    "birth_month": "7",
    "birth_year": "1951",
}


@pytest.fixture
def client(team):
    return logged_in(team.lead)


def write(client: Client, **typed: str):
    return client.post("/residents/new", {"request_id": new_request_id(), **JAN, **typed})


def test_somebody_new_is_written_down_at_once(team, client) -> None:
    assert client.get("/residents/new").status_code == 200
    answer = write(client, street="Kerkstraat", number="2", postcode="1441zz", phone="0612345678")
    resident = Resident.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/residents/{resident.dossier.ref}")
    assert (resident.display_name, resident.birth_text, resident.dossier.team) == ("Jan de Vries", "4-7-1951", team)


def test_who_is_alike_is_shown_first_with_the_reason(team, client) -> None:
    make_resident(team, call_name="Johan", birth_year=1951, birth_month=7, birth_day=4)
    text = write(client, street="Kerkstraat").content.decode()
    assert "Johan de Vries" in text
    assert "zelfde geboortedatum" in text
    assert 'value="Kerkstraat"' in text
    assert Resident.objects.count() == 1
    assert write(client, somebody_else="on").status_code == 302
    assert Resident.objects.count() == 2


def test_somebody_of_another_team_is_named_by_team_alone(team, client) -> None:
    other = make_team(team.municipality, name="Team Weidevenne")
    make_resident(other, call_name="Geheimpje", birth_year=1951, birth_month=7, birth_day=4)
    text = write(client).content.decode()
    assert "Bekend bij Team Weidevenne" in text
    assert "0299 111 111" in text
    assert "Geheimpje" not in text


def test_a_restricted_dossier_stands_in_nobodys_way(team, client) -> None:
    make_resident(make_team(team.municipality), restricted=True, birth_year=1951, birth_month=7, birth_day=4)
    assert write(client).status_code == 302


def test_a_wrong_postcode_keeps_what_was_typed(team, client) -> None:
    answer = write(client, postcode="12", street="Kerkstraat")
    assert answer.status_code == 422
    assert "Dit is geen Nederlandse postcode." in answer.content.decode()
    assert 'value="Kerkstraat"' in answer.content.decode()
    assert Resident.objects.count() == 0


def test_somebody_not_known_is_written_down_by_description(team, client) -> None:
    assert "Omschrijving" in client.get("/residents/new?unknown=yes").content.decode()
    answer = client.post(
        "/residents/new", {"request_id": new_request_id(), "unknown": "yes", "description": "Vrouw bij de kerk"}
    )
    assert answer.status_code == 302
    assert Resident.objects.get().display_name == "Vrouw bij de kerk"


def test_a_number_that_cannot_be_called_is_kept_with_a_warning(team, client) -> None:
    write(client, phone="via buurvrouw")
    assert ContactWay.objects.get().value == "via buurvrouw"
    assert "geen telefoonnummer" in client.get("/residents/new").content.decode()


def test_a_draft_is_offered_again_and_gone_when_sent(team, client) -> None:
    actor = actor_for(team.lead)
    save_draft(actor=actor, at=actor.at, key="resident-new", body='{"surname": "Halverwege"}')
    assert 'value="Halverwege"' in client.get("/residents/new").content.decode()
    write(client)
    assert draft_of(actor=actor, key="resident-new") == {}


def test_a_volunteer_writes_nobody_down(team) -> None:
    assert logged_in(make_member(team, Role.VOLUNTEER)).get("/residents/new").status_code == 404


def test_the_audit_names_the_dossiers_that_were_shown(team, client) -> None:
    known = make_resident(team, call_name="Johan", birth_year=1951, birth_month=7, birth_day=4)
    write(client)
    assert Entry.objects.get(verb="residents.create", event="read").dossiers == f"[{known.pk}]"

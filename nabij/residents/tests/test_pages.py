"""The pages that keep a dossier, without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nabij.access.models import Membership, Role
from nabij.access.tests.factories import actor_for, make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.core.ids import new_request_id
from nabij.drafts.keeping import draft_of, save_draft
from nabij.residents.actions import add_contact_way, add_safety_note, set_away
from nabij.residents.models import Address, Away, ContactWay, Resident, SafetyNote
from nabij.residents.queries import header_of

from .factories import make_resident

pytestmark = pytest.mark.django_db
HOME = {"street": "Dorpsstraat", "number": "14", "postcode": "1441 AB", "place": "Purmerend"}
PAGES = ("names", "addresses", "reach", "safety", "authority", "away")


def logged_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker, backend="nabij.access.web.login.WorkerBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


@pytest.fixture
def client(team):
    return logged_in(team.lead)


def send(client: Client, resident: Resident, page: str, **typed: object):
    return client.post(f"/residents/{resident.dossier.ref}/{page}", {"request_id": new_request_id(), **typed})


def note(team, resident: Resident) -> SafetyNote:
    actor = actor_for(team.lead)
    soon = actor.on + timedelta(30)
    return add_safety_note(
        actor=actor,
        at=actor.at,
        dossier=resident.dossier,
        fact="Broer dreigde",
        what_to_do="Ga met twee",
        review_on=soon,
    )


def test_every_page_opens_and_is_written_down_as_one_opening(team, client) -> None:
    resident = make_resident(team, call_name="Jan", address=HOME, phone="0612345678")
    note(team, resident)
    for page in PAGES:
        assert client.get(f"/residents/{resident.dossier.ref}/{page}").status_code == 200, page
    looked = Entry.objects.filter(event="read", dossier_id=resident.pk).values_list("verb", flat=True)
    assert sorted(looked) == sorted(f"residents.{page}" for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_another_teams_worker_and_a_volunteer_get_what_is_not_there(team, page: str) -> None:
    resident = make_resident(team)
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    make_grant(resident.dossier, volunteer.worker)
    for member in (make_team(team.municipality).lead, volunteer):
        assert logged_in(member).get(f"/residents/{resident.dossier.ref}/{page}").status_code == 404
        assert logged_in(member).post(f"/residents/{resident.dossier.ref}/{page}", {"do": "add"}).status_code == 404


def test_names_are_changed_and_what_was_typed_stays_when_refused(team, client) -> None:
    resident = make_resident(team, call_name="Jan")
    typed = {
        "do": "names",
        "surname": "van der Berg",
        "call_name": "Johan",
        "name_order": "own",
        "birth_year": "1951",
        "birth_month": "13",
    }
    answer = send(client, resident, "names", **typed)
    assert answer.status_code == 422
    assert "Deze dag bestaat niet." in answer.content.decode()
    assert 'value="Johan"' in answer.content.decode()
    assert send(client, resident, "names", **{**typed, "birth_month": "7"}).status_code == 302
    resident.refresh_from_db()
    assert (resident.display_name, resident.birth_text, resident.version) == ("Johan van der Berg", "7-1951", 2)


def test_two_people_changing_names_at_once_are_told(team, client) -> None:
    resident = make_resident(team, call_name="Jan")
    typed = {"do": "names", "surname": "Vries", "name_order": "own", "version": "1"}
    assert send(client, resident, "names", **typed).status_code == 302
    assert send(client, resident, "names", **typed).status_code == 422


def test_an_unknown_person_becomes_known_and_keeps_the_dossier(team, client) -> None:
    resident = make_resident(team, "", known=False, description="Man met hond")
    answer = send(client, resident, "names", do="known", surname="Smit", call_name="Ko", name_order="own", version="1")
    assert answer.status_code == 302
    known = Resident.objects.get(pk=resident.pk)
    assert (known.known, known.display_name, known.dossier_id) == (True, "Ko Smit", resident.pk)


def test_a_way_to_reach_is_added_and_taken_away(team, client) -> None:
    resident = make_resident(team)
    assert send(client, resident, "reach", do="add", kind="phone", value="", safe="on").status_code == 422
    assert (
        send(client, resident, "reach", do="add", kind="phone", value="0612345678", mind="na zes uur").status_code
        == 302
    )
    way = ContactWay.objects.get()
    assert (way.value, way.mind, way.safe) == ("06 12345678", "na zes uur", False)
    assert send(client, resident, "reach", do="end", part=way.ref, version=way.version).status_code == 302
    assert "06 12345678" not in client.get(f"/residents/{resident.dossier.ref}/reach").content.decode()


def test_a_row_of_another_dossier_is_not_there(team, client) -> None:
    resident, other = make_resident(team), make_resident(team)
    actor = actor_for(team.lead)
    way = add_contact_way(actor=actor, at=actor.at, dossier=other.dossier, kind="visit")
    assert send(client, resident, "reach", do="end", part=way.ref).status_code == 404
    assert send(client, resident, "reach", do="nonsense").status_code == 404


def test_an_absence_is_written_down_and_ended(team, client) -> None:
    resident = make_resident(team)
    today = timezone.localdate()
    days = {"from_on": today.isoformat(), "until_on": (today + timedelta(14)).isoformat()}
    assert send(client, resident, "away", do="add", kind="admitted", **days).status_code == 302
    assert send(client, resident, "away", do="add", kind="holiday", **days).status_code == 422
    assert send(client, resident, "away", do="end", part=Away.objects.get().ref).status_code == 302
    assert Away.objects.get().until_on == today - timedelta(1)


def test_a_half_written_safety_note_is_offered_again_and_gone_when_sent(team, client) -> None:
    resident = make_resident(team)
    actor, key = actor_for(team.lead), f"add-safety-{resident.dossier.ref}"
    address = f"/residents/{resident.dossier.ref}/safety"
    assert f'data-draft="{key}"' in client.get(address).content.decode()
    save_draft(actor=actor, at=actor.at, key=key, body='{"fact": "Halverwege geschreven"}')
    assert "Halverwege geschreven" in client.get(address).content.decode()
    soon = (timezone.localdate() + timedelta(9)).isoformat()
    assert (
        send(client, resident, "safety", do="add", fact="Af", what_to_do="Bel eerst", review_on=soon).status_code == 302
    )
    assert draft_of(actor=actor, key=key) == {}


def test_the_head_says_what_to_do_before_address_and_number(team) -> None:
    resident = make_resident(
        team, call_name="Jan", address=HOME, phone="0612345678", language="Turks", interpreter=True, cannot_read=True
    )
    note(team, resident)
    text = head_for(team.lead, resident)
    order = [text.index(piece) for piece in ("Ga met twee", "spreekt Turks", "Dorpsstraat 14", "tel:0612345678")]
    assert order == sorted(order)
    assert "Broer dreigde" in text


def test_a_volunteer_reads_what_to_do_and_neither_why_nor_a_secret_address(team) -> None:
    resident = make_resident(team, call_name="Jan", address={**HOME, "secret": True})
    note(team, resident)
    volunteer = make_member(team, Role.VOLUNTEER, "Vera")
    make_grant(resident.dossier, volunteer.worker)
    text = head_for(volunteer, resident)
    assert "Ga met twee" in text
    assert "Geheim adres" in text
    assert "Broer dreigde" not in text
    assert "Dorpsstraat" not in text
    assert "Dorpsstraat 14" in head_for(team.lead, resident)
    assert "geo:" not in head_for(team.lead, resident)


def test_after_a_death_nobody_is_called(team) -> None:
    resident = make_resident(team, call_name="Jan", address=HOME, phone="0612345678")
    Resident.objects.filter(pk=resident.pk).update(deceased_on=timezone.localdate())
    text = head_for(team.lead, resident)
    assert "Overleden op" in text
    assert "tel:" not in text


def test_the_head_takes_one_query_whatever_hangs_on_it(team) -> None:
    resident = make_resident(team, address=HOME, phone="0612345678")
    actor = actor_for(team.lead)
    for _number in range(3):
        note(team, resident)
        add_contact_way(actor=actor.again(), at=actor.at, dossier=resident.dossier, kind="visit")
    set_away(
        actor=actor.again(), at=actor.at, dossier=resident.dossier, kind="holiday", from_on=actor.on, until_on=actor.on
    )
    with CaptureQueriesContext(connection) as queries:
        header = header_of(actor=actor, dossier=resident.dossier)
    assert len(queries) == 1
    assert (len(header.safety), len(header.ways), header.home.line, header.phone.value) == (
        3,
        4,
        Address.objects.get().line,
        "06 12345678",
    )
    assert (header.away.kind, header.safety[0].author_name) == ("holiday", "Leonie")


def head_for(member: Membership, resident: Resident) -> str:
    header = header_of(actor=actor_for(member), dossier=resident.dossier)
    return re.sub(r"\s+", " ", render_to_string("residents/_header.html", {"header": header, "csrf_input": ""}))

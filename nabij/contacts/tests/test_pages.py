import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nabij.access.tests.factories import make_grant, make_member, make_team
from nabij.commitments.clock import end_of
from nabij.commitments.tests.factories import log_in, make_task
from nabij.contacts.models import Contact, ContactText
from nabij.contacts.queries import proposed_next
from nabij.residents.tests.factories import make_resident

from .factories import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_team())


@pytest.fixture
def dossier(member):
    return make_resident(member.team).dossier


@pytest.fixture
def worker(client, member):
    return log_in(client, member.worker)


def filled(dossier, **fields):
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    base = {"dossier": dossier.ref, "medium": "visit", "reached": "yes", "happened_at": now, "next": "/somewhere"}
    return {**base, f"text_{dossier.ref}": "Dronk thee.", f"audience_{dossier.ref}": "team", **fields}


def test_the_form_says_beside_the_text_who_may_read_it_and_that_the_resident_may_ask(worker, dossier):
    text = worker.get("/contacts/new", {"dossier": dossier.ref}).content.decode()
    assert f'name="audience_{dossier.ref}" value="private"' in text
    assert "De inwoner kan dit opvragen" in text
    assert f'data-draft="contact-{dossier.ref}"' in text


def test_contact_is_recorded_and_the_proposed_date_is_kept_without_another_tap(worker, member, dossier):
    task = make_task(member, dossier=dossier, days=-1)
    answer = worker.post("/contacts/new", filled(dossier, commitment=task.ref, next_date="proposed", request_id="a"))
    assert (answer.status_code, answer["Location"]) == (302, "/somewhere")
    task.refresh_from_db()
    wanted = proposed_next(commitment=task, reached=True, at=timezone.now())
    assert (task.due_at, task.postponed) == (end_of(wanted), 0)
    assert ContactText.objects.get().text == "Dronk thee."


def test_an_attempt_moves_the_date_to_the_next_working_day_and_counts_as_a_postponement(worker, member, dossier):
    task = make_task(member, dossier=dossier, days=-1)
    worker.post("/contacts/new", filled(dossier, commitment=task.ref, next_date="proposed", reached="no"))
    task.refresh_from_db()
    wanted = proposed_next(commitment=task, reached=False, at=timezone.now())
    assert (task.due_at, task.postponed) == (end_of(wanted), 1)


def test_what_is_missing_is_said_and_what_was_typed_stays(worker, dossier):
    answer = worker.post("/contacts/new", filled(dossier, medium=""))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Kies hoe er contact was." in text
    assert "Dronk thee." in text
    assert Contact.objects.count() == 0


def test_a_date_that_has_passed_is_said_beside_the_date(worker, member, dossier):
    task = make_task(member, dossier=dossier)
    yesterday = (timezone.localdate() - timedelta(1)).isoformat()
    answer = worker.post("/contacts/new", filled(dossier, commitment=task.ref, next_date="other", next_on=yesterday))
    assert answer.status_code == 422
    assert 'id="id_next_on_error"' in answer.content.decode()
    assert Contact.objects.count() == 0


def test_sending_the_form_twice_records_once(worker, dossier):
    data = filled(dossier, request_id="twice")
    assert [worker.post("/contacts/new", data).status_code for _ in range(2)] == [302, 302]
    assert Contact.objects.count() == 1


def test_two_residents_get_a_text_each_on_one_page(worker, member, dossier):
    other = make_resident(member.team, call_name="Bram").dossier
    data = filled(dossier) | filled(other, **{f"text_{other.ref}": "Was stil."})
    worker.post("/contacts/new", {**data, "dossier": [dossier.ref, other.ref]})
    assert Contact.objects.count() == 1
    assert {t.dossier_id: t.text for t in ContactText.objects.all()} == {dossier.pk: "Dronk thee.", other.pk: "Was stil."}


def test_not_reached_takes_two_taps(worker, member, dossier):
    task = make_task(member, dossier=dossier)
    assert worker.get(f"/contacts/tried/{task.ref}", headers={"hx-request": "true"}).content.decode().lstrip().startswith("<form")
    worker.post(f"/contacts/tried/{task.ref}", {"medium": "phone", "next": "/back"})
    contact = Contact.objects.get()
    assert (contact.reached, contact.medium, contact.commitment) == (False, "phone", task)


def test_a_volunteer_says_all_well_in_two_taps_and_only_about_their_own_people(client, member, dossier):
    volunteer = make_member(member.team, "volunteer")
    make_grant(dossier, volunteer.worker)
    task, other = make_task(volunteer, dossier=dossier), make_task(member, dossier=make_resident(member.team).dossier)
    log_in(client, volunteer.worker)
    assert client.post(f"/contacts/well/{task.ref}", {"words": "De tuin is af.", "next": "/back"}).status_code == 302
    assert ContactText.objects.get().text == "Ik was er, alles goed. De tuin is af."
    assert client.get(f"/contacts/well/{other.ref}").status_code == 404


@pytest.mark.parametrize("path", ["/contacts/new?dossier={0}", "/contacts/{1}", "/contacts/texts/{2}", "/contacts/{1}/withdraw", "/contacts/tried/{3}"])
def test_what_is_another_teams_is_exactly_as_absent(client, member, dossier, path):
    contact, task = make_contact(member, dossier), make_task(member, dossier=dossier)
    elsewhere = make_member(make_team(member.team.municipality, name="Team Wheermolen"))
    log_in(client, elsewhere.worker)
    address = path.format(dossier.ref, contact.ref, contact.texts.get().ref, task.ref)
    absent = path.format("2" * 20, "2" * 20, "2" * 20, "2" * 20)
    assert (client.get(address).status_code, client.get(absent).status_code) == (404, 404)


def test_the_page_of_a_contact_asks_as_many_queries_for_one_resident_as_for_many(worker, member, dossier):
    many = [make_resident(member.team).dossier for _ in range(8)]
    pages = [f"/contacts/{make_contact(member, dossier).ref}", f"/contacts/{make_contact(member, *many).ref}"]
    counts = []
    worker.get(pages[0])
    for address in pages:
        with CaptureQueriesContext(connection ) as caught:
            assert worker.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_what_was_typed_and_not_sent_comes_back_and_goes_when_it_is_sent(worker, member, dossier):
    key = f"contact-{dossier.ref}"
    worker.post("/drafts/save", {"key": key, "body": json.dumps({f"text_{dossier.ref}": "Half verhaal", "medium": "phone"})})
    assert "Half verhaal" in worker.get("/contacts/new", {"dossier": dossier.ref}).content.decode()
    worker.post("/contacts/new", filled(dossier))
    assert "Half verhaal" not in worker.get("/contacts/new", {"dossier": dossier.ref}).content.decode()


def test_all_contact_with_a_resident_is_read_in_pieces_at_the_same_number_of_queries(worker, member, dossier):
    address, counts = f"/contacts/of/{dossier.ref}", []
    worker.get(address)
    for total in (1, 30):
        for number in range(total - Contact.objects.count()):
            make_contact(member, dossier, words=f"Nummer {number}.")
        with CaptureQueriesContext(connection) as caught:
            text = worker.get(address).content.decode()
        counts.append(len(caught))
    assert counts[0] == counts[1]
    after = re.search(r'href="\?after=([^"]+)"', text).group(1)
    rest = worker.get(f"{address}?after={after}").content.decode()
    assert (text.count("<time"), rest.count("<time")) == (20, 10)


def test_somebody_who_may_not_read_a_text_hears_that_it_is_there(client, member, dossier):
    make_contact(member, dossier, words="Alleen wij.", audience="private")
    log_in(client, make_member(member.team, name="Bo").worker)
    text = client.get(f"/contacts/of/{dossier.ref}").content.decode()
    assert "Alleen wij." not in text
    assert "1 tekst is niet voor jou." in text


def test_without_a_resident_the_page_says_to_find_one_first(worker):
    answer = worker.get("/contacts/new")
    assert answer.status_code == 200
    assert "Zoek eerst de inwoner." in answer.content.decode()


@pytest.mark.parametrize("page", ["tried", "well"])
def test_about_nobody_there_is_no_contact(worker, member, page):
    task = make_task(member)
    for answer in (worker.get(f"/contacts/{page}/{task.ref}"), worker.post(f"/contacts/{page}/{task.ref}", {"medium": "phone"})):
        assert answer.status_code == 404
    assert Contact.objects.count() == 0

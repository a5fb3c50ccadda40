from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member
from nabij.audit.models import Entry
from nabij.commitments.models import Task
from nabij.commitments.tests.factories import log_in
from nabij.conferences.actions import add_agreement
from nabij.conferences.models import Conference

pytestmark = pytest.mark.django_db
QUERIES = 10


@pytest.fixture
def worker(client, member):
    return log_in(client, member.worker)


def text_of(answer):
    return answer.content.decode()


def when(**ahead):
    return timezone.localtime(timezone.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def test_a_conference_goes_from_the_plan_to_its_agreements_by_pages(worker, member, case, dossier):
    assert "Casusoverleg" in text_of(worker.get(f"/cases/{case.ref}"))
    assert "Nog geen casusoverleg" in text_of(worker.get(f"/conferences/of/{case.ref}"))
    sent = {"starts_at": when(hours=1), "question": "Wie pakt de schulden op?", "resident_part": "present"}
    assert "Wie is daar nodig?" in text_of(worker.post(f"/conferences/new/{case.ref}", sent, follow=True))
    row = Conference.objects.get()
    person = {"name": "J. Smit", "organisation": "Woningbouw", "why": "Verhuurder", "basis": "De inwoner vraagt erom of vindt het goed"}
    assert "J. Smit" in text_of(worker.post(f"/conferences/{row.ref}/people", person, follow=True))
    agreed = {"text": "Belt de bank", "owner": member.ref, "due_on": f"{timezone.localdate() + timedelta(days=3)}", "dossier": dossier.ref}
    assert "Belt de bank" in text_of(worker.post(f"/conferences/{row.ref}/agreements", agreed, follow=True))
    held = worker.post(f"/conferences/{row.ref}/hold", {"resident_part": "present", "audience": "team", "notes": "Rie lachte."}, follow=True)
    assert "Gehouden op" in text_of(held)
    assert "Rie lachte." in text_of(held)
    assert Task.objects.get().note == "Belt de bank"


def test_a_refusal_keeps_what_was_typed(worker, case):
    sent = {"starts_at": when(hours=1), "question": "Wie pakt de schulden op?", "resident_part": "not_informed"}
    answer = worker.post(f"/conferences/new/{case.ref}", sent)
    assert answer.status_code == 422
    assert "Wie pakt de schulden op?" in text_of(answer)
    assert "Schrijf op waarom de inwoner het niet weet." in text_of(answer)


def test_calling_off_asks_why(worker, conference):
    assert worker.post(f"/conferences/{conference.ref}/cancel", {"why": ""}).status_code == 422
    assert "Rie is ziek." in text_of(worker.post(f"/conferences/{conference.ref}/cancel", {"why": "Rie is ziek."}, follow=True))


def test_opening_a_conference_is_written_down_with_the_dossier(worker, conference, dossier):
    worker.get(f"/conferences/{conference.ref}")
    assert Entry.objects.filter(verb="conferences.conference", dossier_id=dossier.pk, event="read").count() == 1


@pytest.mark.parametrize("part", ["", "/change", "/people", "/agreements", "/hold", "/cancel"])
def test_another_team_finds_no_page_of_it(client, conference, elsewhere, part):
    assert log_in(client, elsewhere.worker).get(f"/conferences/{conference.ref}{part}").status_code == 404


def test_the_page_takes_as_many_queries_for_three_agreements_as_for_one(worker, member, conference, dossier, django_assert_num_queries):
    def agree():
        actor = actor_for(member)
        add_agreement(actor=actor, at=actor.at, conference=conference, text="Belt", dossier=dossier, due_at=actor.at + timedelta(days=2), owner=member)

    agree()
    worker.get(f"/conferences/{conference.ref}")
    with django_assert_num_queries(QUERIES):
        worker.get(f"/conferences/{conference.ref}")
    agree()
    agree()
    with django_assert_num_queries(QUERIES):
        worker.get(f"/conferences/{conference.ref}")


def test_it_stands_on_the_list_of_who_convened(worker, conference):
    text = text_of(worker.get("/"))
    assert f"/conferences/{conference.ref}" in text
    assert "Casusoverleg" in text


def test_a_volunteer_finds_no_page_of_it(client, member, conference):
    volunteer = make_member(member.team, "volunteer", name="Vic")
    assert log_in(client, volunteer.worker).get(f"/conferences/{conference.ref}").status_code == 404

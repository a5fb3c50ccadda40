"""Half-written text is kept for its writer alone."""

import json
from datetime import timedelta

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

from nabij.access.actor import public_actor
from nabij.access.models import Membership, Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.audit.models import Entry
from nabij.core.errors import Absent, Refused
from nabij.drafts.keeping import draft_of, drop_draft, initial_of, save_draft, stale_drafts
from nabij.drafts.models import Draft

pytestmark = pytest.mark.django_db
KEY = "contact-abc"
TYPED = {"text": "Mevrouw zegt dat het beter gaat €", "who": ["a", "b"]}


@pytest.fixture
def member():
    return make_member(make_team())


def logged_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker, backend="nabij.access.web.login.WorkerBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def keep(member: Membership, key: str = KEY, **fields: object) -> Draft:
    actor = actor_for(member)
    return save_draft(actor=actor, at=actor.at, key=key, body=json.dumps(fields or TYPED))


def test_a_draft_is_found_back_word_for_word(member) -> None:
    keep(member)
    assert draft_of(actor=actor_for(member), key=KEY) == TYPED
    assert draft_of(actor=actor_for(member), key="contact-other") == {}


def test_a_draft_survives_logging_out(member) -> None:
    client = logged_in(member)
    answer = client.post("/drafts/save", {"key": KEY, "body": json.dumps(TYPED)})
    assert answer.status_code == 204
    client.logout()
    assert client.post("/drafts/save", {"key": KEY, "body": json.dumps({"text": "leeg"})}).status_code == 302
    assert draft_of(actor=actor_for(member), key=KEY) == TYPED


def test_saving_again_replaces_and_sending_throws_away(member) -> None:
    keep(member)
    keep(member, text="later")
    assert draft_of(actor=actor_for(member), key=KEY) == {"text": "later"}
    drop_draft(actor=actor_for(member), key=KEY)
    assert Draft.objects.count() == 0


def test_another_worker_reads_and_loses_nothing_of_it(member) -> None:
    keep(member)
    other = make_member(member.team, name="Omar")
    assert draft_of(actor=actor_for(other), key=KEY) == {}
    drop_draft(actor=actor_for(other), key=KEY)
    keep(other, text="van Omar")
    assert draft_of(actor=actor_for(member), key=KEY) == TYPED


def test_the_words_stand_encrypted_in_the_database(member) -> None:
    from django.db import connection

    keep(member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM drafts_draft")
        assert "Mevrouw" not in cursor.fetchone()[0]


def test_a_draft_leaves_no_line_in_the_audit(member) -> None:
    keep(member)
    logged_in(member).post("/drafts/save", {"key": KEY, "body": json.dumps(TYPED)})
    assert Entry.objects.count() == 0


def test_what_a_form_carries_besides_words_is_not_kept(member) -> None:
    keep(member, csrfmiddlewaretoken="geheim", request_id="1", version="3", text="ja")
    assert draft_of(actor=actor_for(member), key=KEY) == {"text": "ja"}


@pytest.mark.parametrize(
    "body", ["", "geen json", "[]", '{"a": 1}', '{"a": {"b": "c"}}', json.dumps({"a": "x" * 100_001})]
)
def test_what_is_no_draft_is_refused_with_a_message(member, body: str) -> None:
    actor = actor_for(member)
    with pytest.raises(Refused):
        save_draft(actor=actor, at=actor.at, key=KEY, body=body)
    assert Draft.objects.count() == 0


def test_a_draft_needs_the_name_of_its_form(member) -> None:
    for key in ("", "x" * 81):
        with pytest.raises(Refused):
            keep(member, key)


def test_who_has_no_running_function_keeps_nothing(member) -> None:
    with pytest.raises(Absent):
        save_draft(actor=public_actor(at=timezone.now()), at=timezone.now(), key=KEY, body="{}")


def test_a_refused_draft_answers_with_the_reason(member) -> None:
    answer = logged_in(member).post("/drafts/save", {"key": KEY, "body": "geen json"})
    assert answer.status_code == 422
    assert answer.json() == {"message": "Dit concept is niet te lezen. Kopieer je tekst voordat je de pagina sluit."}


def test_json_is_understood_too_and_an_empty_body_throws_away(member) -> None:
    client = logged_in(member)
    sent = {"key": KEY, "body": {"text": "hoi"}}
    assert client.post("/drafts/save", sent, content_type="application/json").status_code == 204
    assert draft_of(actor=actor_for(member), key=KEY) == {"text": "hoi"}
    assert client.post("/drafts/save", {"key": KEY, "body": ""}).status_code == 204
    assert Draft.objects.count() == 0
    assert client.post("/drafts/save", b"[]", content_type="application/json").status_code == 422


def test_reading_the_address_is_refused(member) -> None:
    assert logged_in(member).get("/drafts/save").status_code == 405


def test_a_volunteer_keeps_drafts_too(member) -> None:
    volunteer = make_member(member.team, Role.VOLUNTEER, "Vera")
    assert logged_in(volunteer).post("/drafts/save", {"key": KEY, "body": "{}"}).status_code == 204


def test_after_thirty_days_a_draft_may_go(member) -> None:
    draft = keep(member)
    now = timezone.now()
    assert list(stale_drafts(at=now + timedelta(days=29))) == []
    assert list(stale_drafts(at=now + timedelta(days=31))) == [draft]


def test_a_form_is_filled_as_it_was_left(member) -> None:
    fields = {"text": forms.CharField(), "safe": forms.BooleanField(), "sure": forms.BooleanField()}
    assert initial_of(actor=actor_for(member), key=KEY, fields=fields) == {}
    keep(member, text="half", sure="on", gone="no such field")
    assert initial_of(actor=actor_for(member), key=KEY, fields=fields) == {"text": "half", "safe": False, "sure": True}

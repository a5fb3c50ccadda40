"""A partner sends signals by the API."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.audit.models import Entry
from nabij.partners.actions import end_partner, end_token
from nabij.partners.models import Partner, Token
from nabij.partners.tests.factories import bearer, key_of, make_partner
from nabij.signals.models import Reporter, Signal

pytestmark = pytest.mark.django_db
WORRY = {"about": "person", "subject": "de bovenbuurman van nummer 12", "words": "De post puilt al weken uit de bus."}


@pytest.fixture
def partner(team):
    return make_partner(team.municipality)


@pytest.fixture
def key(partner):
    return key_of(partner)


def send(client, key, body=WORRY, idempotency="sending-0001", **headers):
    return client.post(
        "/api/v1/signals", json.dumps(body), content_type="application/json", headers=bearer(key) | {"Idempotency-Key": idempotency} | headers
    )


def test_a_signal_of_a_partner_has_a_team_an_owner_and_a_date_at_once(client, key, team, partner):
    answer = send(client, key)
    signal = Signal.objects.select_related("commitment").get()
    assert (answer.status_code, answer.json()) == (201, {"reference": signal.ref, "status": "received"})
    assert (signal.channel, signal.who, signal.words) == ("partner", WORRY["subject"], WORRY["words"])
    assert (signal.commitment.team, signal.commitment.owner_id is not None, signal.commitment.due_at is not None) == (team, True, True)
    assert Reporter.objects.get(signal=signal).organisation == partner.name
    entry = Entry.objects.get(verb="partners.send")
    assert (entry.actor_kind, entry.organisation, entry.subject) == ("partner", partner.name, f"signal {signal.ref}")


def test_the_same_sending_again_gives_the_same_answer_and_changes_nothing(client, key):
    first, second = send(client, key), send(client, key)
    assert (second.status_code, second.json()) == (201, first.json())
    assert Signal.objects.count() == 1


def test_a_key_that_was_used_for_something_else_is_refused(client, key):
    send(client, key)
    answer = send(client, key, WORRY | {"words": "Iets heel anders."})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert Signal.objects.count() == 1


def test_two_partners_may_use_the_same_idempotency_key(client, key, team):
    other = key_of(make_partner(team.municipality, "Energie Noord", kind="energy"))
    assert [send(client, key).status_code, send(client, other).status_code] == [201, 201]
    assert Signal.objects.count() == 2


def test_without_an_idempotency_key_nothing_is_taken_in(client, key):
    answer = client.post("/api/v1/signals", json.dumps(WORRY), content_type="application/json", headers=bearer(key))
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, ["header.Idempotency-Key"])
    assert Signal.objects.count() == 0


def test_all_that_is_wrong_is_said_at_once_and_never_repeated(client, key):
    bad = {"about": "cat", "subject": "", "words": "x\u0000y", "unsafe": "yes", "postcode": "12", "colour": "geheim"}
    answer = send(client, key, bad)
    assert answer.status_code == 422
    fields = {one["field"] for one in answer.json()["errors"]}
    assert fields == {"body.about", "body.subject", "body.words", "body.unsafe", "body.postcode", "body.colour"}
    assert "geheim" not in answer.content.decode()


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"{", b'{"words": "\\ud800"}', b"[]", b"nul", b'"a"', b""])
def test_what_is_no_text_is_refused_and_never_breaks(client, key, raw):
    headers = bearer(key) | {"Idempotency-Key": "sending-0001"}
    answer = client.post("/api/v1/signals", raw, content_type="application/json", headers=headers)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("secret", ["", "nabij_wrong", "é", "a b c"])
def test_without_a_good_key_nothing_opens(client, team, secret):
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "sending-0001"} if secret else {}
    answer = client.post("/api/v1/signals", json.dumps(WORRY), content_type="application/json", headers=headers)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_an_ended_an_old_and_a_former_partners_key_open_nothing(client, key, partner):
    at = timezone.now()
    token = Token.objects.get()
    Token.objects.update(expires_on=at.date() - timedelta(1))
    assert send(client, key).status_code == 401
    Token.objects.update(expires_on=at.date() + timedelta(1))
    end_token(actor=system_actor(at=at), at=at, token=token)
    assert send(client, key).status_code == 401
    fresh = key_of(partner)
    end_partner(actor=system_actor(at=at), at=at, partner=partner)
    assert send(client, fresh).status_code == 401


def test_a_partner_that_only_tells_about_arrears_sends_no_signals(client, key, partner):
    Partner.objects.update(may_signals=False)
    assert send(client, key).status_code == 403


def test_asking_after_a_signal_says_the_same_three_words_to_its_sender_only(client, key, team, clock):
    reference = send(client, key).json()["reference"]
    other = key_of(make_partner(team.municipality, "Energie Noord", kind="energy"))
    assert client.get(f"/api/v1/signals/{reference}", headers=bearer(key)).json() == {"reference": reference, "status": "received"}
    strange = client.get(f"/api/v1/signals/{reference}", headers=bearer(other))
    absent = client.get(f"/api/v1/signals/{'2' * 20}", headers=bearer(other))
    assert (strange.status_code, strange.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_more_requests_than_agreed_are_told_to_wait(client, key, settings):
    settings.API_PER_MINUTE = 2
    answers = [client.get(f"/api/v1/signals/{'2' * 20}", headers=bearer(key)) for _turn in range(3)]
    assert [one.status_code for one in answers] == [404, 404, 429]
    assert answers[2]["Retry-After"] == "61"


@pytest.mark.django_db(transaction=True)
def test_the_same_sending_twice_at_the_same_moment_is_one_signal(key):
    gate, answers = threading.Barrier(4), []

    def post():
        gate.wait()
        answers.append(send(Client(), key))
        connection.close()

    threads = [threading.Thread(target=post) for _turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.status_code for one in answers] == [201] * 4
    assert len({one.json()["reference"] for one in answers}) == 1
    assert Signal.objects.count() == 1

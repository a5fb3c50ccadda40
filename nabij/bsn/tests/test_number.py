"""The number: only where it may be, encrypted, found again by a blind index, and nowhere else to be seen."""

import logging

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn as elfproef

from nabij.access.actor import system_actor
from nabij.access.doors import action
from nabij.access.models import Controller
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.audit.models import Entry
from nabij.bsn import actions, queries
from nabij.bsn.models import CitizenNumber
from nabij.commitments.tests.factories import log_in
from nabij.core.errors import Absent, Refused
from nabij.core.models import DoneRequest
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits, open_folds

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "111222333", "123456782"


def allow(team):
    Controller.objects.filter(pk=team.controller_id).update(may_process_bsn=True)
    return team


@pytest.fixture
def team():
    return allow(make_team())


@pytest.fixture
def dossier(team):
    return make_resident(team, call_name="Riet").dossier


def record(member, dossier, number=NUMBER):
    actor = actor_for(member)
    fresh = queries.dossier_at(actor=actor, ref=dossier.ref)
    return actions.record_number(actor=actor, at=actor.at, dossier=fresh, number=number)


def test_a_number_is_kept_tidy_and_only_encrypted(team, dossier):
    kept = record(team.lead, dossier, " 1112.22.333 ")
    assert queries.number_of(dossier=dossier).number == NUMBER
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, fingerprint FROM bsn_citizennumber")
        assert NUMBER not in " ".join(cursor.fetchone())
    assert len(kept.fingerprint) == 64


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow, not wrong
@given(st.text("0123456789", min_size=9, max_size=9).filter(lambda digits: not elfproef.is_valid(digits)))
def test_what_fails_the_eleven_test_is_no_number(digits):
    assert sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 or digits == "0" * 9


@pytest.mark.parametrize("wrong", ["111222334", "12345", "abc", "000000000"])
def test_a_wrong_number_is_refused_in_words_and_nothing_is_written(client, team, dossier, wrong):
    log_in(client, team.lead.worker)
    answer = client.post(f"/bsn/{dossier.ref}", {"number": wrong})
    assert answer.status_code == 422
    assert "Dit is geen burgerservicenummer" in answer.text
    with pytest.raises(Refused):
        record(team.lead, dossier, wrong)
    assert not CitizenNumber.objects.exists()


def test_an_organisation_that_may_not_process_it_has_no_such_page_and_the_database_refuses_it(client, dossier, team):
    kept = record(team.lead, dossier)
    welfare = make_team(name="Welzijn")
    theirs = make_resident(welfare).dossier
    log_in(client, welfare.lead.worker)
    assert (client.get(f"/bsn/{theirs.ref}").status_code, client.post(f"/bsn/{theirs.ref}", {"number": NUMBER}).status_code) == (404, 404)
    actor = actor_for(welfare.lead)
    with pytest.raises(Absent):
        actions.record_number(actor=actor, at=actor.at, dossier=theirs, number=NUMBER)
    with pytest.raises(DatabaseError), transaction.atomic():
        CitizenNumber.objects.create(dossier=theirs, number=NUMBER, fingerprint="x", recorded_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        CitizenNumber.objects.filter(pk=kept.pk).update(dossier_id=theirs.pk)


def test_it_stands_in_no_audit_entry_request_memory_or_log(client, team, dossier, caplog):
    caplog.set_level(logging.DEBUG, logger="nabij")
    log_in(client, team.lead.worker)
    client.post(f"/bsn/{dossier.ref}", {"number": NUMBER, "request_id": "a"})
    client.get(f"/bsn/{dossier.ref}")
    assert CitizenNumber.objects.count() == 1
    assert NUMBER not in f"{list(Entry.objects.values_list())}{list(DoneRequest.objects.values_list())}{caplog.text}"
    assert Entry.objects.filter(verb="bsn.number", dossier_id=dossier.pk).count() == 3  # the act, and two looks


def test_the_same_number_is_found_again_only_among_dossiers_that_are_open_to_the_reader(team, dossier):
    twin = make_resident(team, call_name="Ria").dossier
    kept = record(team.lead, dossier)
    record(team.lead, twin)

    def found():
        return queries.same_number(actor=actor_for(team.lead), dossier=dossier, kept=kept)

    assert found() == [twin]
    type(twin).objects.filter(pk=twin.pk).update(restricted=True)
    assert found() == []


def test_fingerprints_of_two_organisations_say_nothing_about_each_other():
    assert queries.fingerprint_of(number=NUMBER, controller_id=1) != queries.fingerprint_of(number=NUMBER, controller_id=2)
    assert queries.fingerprint_of(number=NUMBER, controller_id=1) == queries.fingerprint_of(number=NUMBER, controller_id=1)


def test_it_is_corrected_taken_away_and_erased(client, team, dossier):
    log_in(client, team.lead.worker)
    record(team.lead, dossier)
    first = queries.number_of(dossier=dossier).fingerprint
    client.post(f"/bsn/{dossier.ref}", {"number": OTHER})
    kept = queries.number_of(dossier=dossier)
    assert (kept.number, kept.version, kept.fingerprint == first) == (OTHER, 2, False)
    assert queries.export_numbers(dossier=dossier)[0]["ends_with"] == "782"
    client.post(f"/bsn/{dossier.ref}/remove", {})
    assert queries.number_of(dossier=dossier) is None
    record(team.lead, dossier)

    @action("test.erase_numbers", allow={})
    def erase(*, actor, at):
        actions.erase_numbers(actor=actor, at=at, dossier=dossier)

    erase(actor=system_actor(at=timezone.now()), at=timezone.now())
    assert not CitizenNumber.objects.exists()


def test_a_volunteer_and_another_team_find_nothing(client, team, dossier):
    record(team.lead, dossier)
    for reader in (make_member(team, "volunteer"), make_team(team.municipality, team.controller, "Ander").lead):
        log_in(client, reader.worker)
        assert [client.get(f"/bsn/{dossier.ref}{page}").status_code for page in ("", "/remove")] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_the_page_is_whole_and_accessible(any_page, axe, live_server, team, dossier):
    from nabij.residents.tests.test_pages import logged_in

    record(team.lead, dossier)
    record(team.lead, make_resident(team, call_name="Ria").dossier)
    any_page.context.add_cookies([{"name": "sessionid", "value": logged_in(team.lead).cookies["sessionid"].value, "url": live_server.url}])
    for page in ("", "/remove"):
        any_page.goto(f"/bsn/{dossier.ref}{page}")
        open_folds(any_page)
        axe(any_page)
        assert fits(any_page)

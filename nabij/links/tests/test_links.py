from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from nabij.access.actor import link_actor, public_actor
from nabij.access.tests.factories import (
    actor_for,
    make_controller,
    make_dossier,
    make_member,
    make_municipality,
    make_team,
)
from nabij.core.errors import Absent
from nabij.core.logs import _clean
from nabij.links import opening
from nabij.links.actions import end_link, end_links, erase_links, renew_link, use_link
from nabij.links.models import Knock, Link
from nabij.links.opening import TooOften
from nabij.links.queries import export_links, live_link

from .factories import KIND, do, make, opened, touch

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_link_opens_with_its_secret_and_the_secret_is_kept_nowhere():
    link, secret = make(NOW)
    assert opened(secret, NOW + DAY).pk == link.pk
    assert len(secret) == 32
    stored = [str(value) for row in Link.objects.values_list() for value in row]
    assert [value for value in stored if secret in value or (value in secret and len(value) > 8)] == []


@pytest.mark.parametrize("wrong", ["", "x", "0" * 32, "' OR 1=1"])
def test_a_guess_opens_nothing(wrong):
    make(NOW)
    with pytest.raises(Absent):
        opened(wrong, NOW)


def test_a_link_for_one_purpose_opens_no_other():
    _link, secret = make(NOW)
    with pytest.raises(Absent):
        opened(secret, NOW, kind="tests.calendar")


def test_an_expired_an_ended_and_a_used_link_answer_as_one_that_never_was():
    _old, expired = make(NOW, subject="a" * 20, lasts=DAY)
    stopped, ended = make(NOW, subject="b" * 20)
    once, used = make(NOW, subject="c" * 20)
    do(end_link, NOW, link=stopped)
    do(use_link, NOW, link=once)
    later = NOW + DAY
    assert Link.objects.live(NOW + timedelta(hours=1)).count() == 1
    for secret in (expired, ended, used):
        with pytest.raises(Absent):
            opened(secret, later)


def test_a_link_is_used_once_also_when_two_try_with_what_they_read_before():
    link, secret = make(NOW)
    first, second = opened(secret, NOW), opened(secret, NOW)
    assert do(use_link, NOW, link=first).uses == 1
    with pytest.raises(Absent):
        do(use_link, NOW, link=second)
    link.refresh_from_db()
    assert (link.uses, link.used_at) == (1, NOW)


def test_a_feed_can_be_used_until_it_ends():
    link, secret = make(NOW, max_uses=None)
    for _ in range(3):
        do(use_link, NOW, link=opened(secret, NOW))
    link.refresh_from_db()
    assert link.uses == 3


def test_a_renewed_link_closes_the_old_one():
    link, secret = make(NOW)
    fresh, other = do(renew_link, NOW, link=link)
    assert opened(other, NOW).pk == fresh.pk != link.pk
    assert live_link(kind=KIND, subject=link.subject, at=NOW) == fresh
    with pytest.raises(Absent):
        opened(secret, NOW)


def test_a_link_of_a_blocked_colleague_opens_nothing():
    worker = make_member(make_team()).worker
    _link, secret = make(NOW, worker=worker, max_uses=None)
    assert opened(secret, NOW).worker == worker
    worker.blocked_at = NOW
    worker.save()
    with pytest.raises(Absent):
        opened(secret, NOW)


def test_all_links_of_a_resident_end_together_and_nobody_elses():
    team = make_team()
    mine, other = make_dossier(team), make_dossier(team)
    _l, secret = make(NOW, dossier=mine, subject="a" * 20)
    _l, theirs = make(NOW, dossier=other, subject="b" * 20)
    assert do(erase_links, NOW, dossier=mine) == 1
    assert opened(theirs, NOW).dossier == other
    with pytest.raises(Absent):
        opened(secret, NOW)
    assert [row["ended_at"] for row in export_links(dossier=mine)] == [NOW]


def test_ending_links_without_saying_whose_is_refused():
    with pytest.raises(ValueError, match="name what"):
        do(end_links, NOW)


def test_who_holds_a_link_reaches_its_own_record_and_no_other():
    mine = make_dossier(make_team())
    theirs = make_dossier(make_team(make_municipality(make_controller("welfare", "Welzijn"))))
    holder = link_actor(subject=mine.ref, at=NOW)
    assert touch(actor=holder, at=NOW, record=mine) == "done"
    for record in (theirs, None):
        with pytest.raises(Absent):
            touch(actor=holder, at=NOW, record=record)


def test_nobody_without_the_link_does_what_its_holder_may_do():
    team = make_team()
    dossier = make_dossier(team)
    for actor in (public_actor(at=NOW), link_actor(subject="", at=NOW), actor_for(make_member(team), NOW)):
        with pytest.raises(Absent):
            touch(actor=actor, at=NOW, record=dossier)


def test_one_address_that_keeps_guessing_is_stopped_for_an_hour_and_others_are_not(monkeypatch):
    monkeypatch.setattr(opening, "KNOCKS_OF_ADDRESS", 3)
    _link, secret = make(NOW)
    for number in range(3):
        with pytest.raises(Absent):
            opened(f"guess{number}", NOW, origin="192.0.2.1")
    with pytest.raises(TooOften):
        opened(secret, NOW, origin="192.0.2.1")
    assert opened(secret, NOW, origin="192.0.2.2")
    assert opened(secret, NOW + timedelta(hours=1), origin="192.0.2.1")


def test_one_link_that_is_asked_without_end_is_stopped_whatever_the_address(monkeypatch):
    monkeypatch.setattr(opening, "KNOCKS_OF_LINK", 2)
    _link, secret = make(NOW)
    for number in range(2):
        opened(secret, NOW, origin=f"192.0.2.{number}")
    with pytest.raises(TooOften):
        opened(secret, NOW, origin="192.0.2.9")


def test_who_knocked_is_kept_a_day_without_address_or_secret():
    with pytest.raises(Absent):
        opened("guess", NOW, origin="192.0.2.1")
    assert all(len(mark) == 64 for mark in Knock.objects.values_list("mark", flat=True))
    with pytest.raises(Absent):
        opened("other", NOW + 2 * DAY, origin="192.0.2.7")
    assert set(Knock.objects.values_list("hour", flat=True)) == {datetime(2026, 6, 17, 9, tzinfo=UTC)}


@pytest.mark.parametrize("change", ["expires_at = made_at", "max_uses = 0, uses = 1, used_at = made_at", "uses = 1", "kind = ''", "subject = ''", "token_hash = ''"])
def test_the_database_refuses_a_link_that_cannot_be(change):
    link, _secret = make(NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE links_link SET {change} WHERE id = %s", [link.pk])


def test_a_log_line_never_holds_the_secret_of_a_link():
    _link, secret = make(NOW)
    for path in (f"/outcomes/link/{secret}", f"/feed/{secret}.ics", f"/answer/{secret}?x=1"):
        assert secret not in _clean(f"GET {path} 200")

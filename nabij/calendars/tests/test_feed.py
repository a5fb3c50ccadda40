"""What a telephone reads: dates of one's own, by RFC 5545, and not a word about anybody."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from nabij.access.models import Worker
from nabij.access.tests.factories import actor_for, make_member
from nabij.audit.models import Entry
from nabij.calendars import views
from nabij.casework.tests.factories import make_case
from nabij.commitments.actions import block_worker, finish_task, hand_over, set_date, unblock_worker
from nabij.commitments.models import Commitment, StandIn
from nabij.commitments.tests.factories import make_stand_in, make_task
from nabij.conferences.actions import add_participant, change_conference
from nabij.conferences.tests.factories import make_conference
from nabij.links.models import Link
from nabij.meldcode.actions import start_meldcode
from nabij.residents.tests.factories import make_resident

from .factories import events, make_feed, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(team):
    return make_resident(team, "Terpstra", call_name="Geertruida").dossier


def at_noon(days):
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time().replace(hour=12)))


def test_what_is_due_stands_there_for_the_whole_of_its_day(noor):
    row = make_task(noor)
    (event,) = events(make_feed(noor)).values()
    assert event["uid"] == f"{row.ref}@nabij"
    assert event.decoded("dtstart") == timezone.localdate(row.due_at)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert (str(event["summary"]), event["transp"], event["status"]) == (f"Te doen · {row.ref[:4]}", "TRANSPARENT", "CONFIRMED")


def test_sequence_rises_and_the_uid_stays_when_the_date_moves(noor):
    row, path = make_task(noor, at=timezone.now() - timedelta(days=1)), make_feed(noor)
    before = events(path)[f"{row.ref}@nabij"]
    set_date(actor=actor_for(noor), at=timezone.now(), commitment=row, due_at=at_noon(9))
    (after,) = events(path).values()
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == timezone.localdate() + timedelta(days=9)
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") > before.decoded("last-modified")


def test_a_conference_stands_at_its_time_in_amsterdam_and_moves(noor, dossier):
    table = make_conference(noor, make_case(noor, dossier), starts_at=at_noon(3))
    path = make_feed(noor)
    uid = f"{table.commitment.ref}@nabij"
    event = events(path)[uid]
    start = event.decoded("dtstart")
    assert (start, str(start.tzinfo), start.hour) == (at_noon(3), "Europe/Amsterdam", 12)
    assert (str(event["summary"]), event["transp"]) == (f"Afspraak · {table.commitment.ref[:4]}", "OPAQUE")
    assert "BEGIN:VTIMEZONE" in read(path).content.decode()
    facts = {"question": table.question, "resident_part": table.resident_part, "place": "", "resident_why": ""}
    change_conference(actor=actor_for(noor), at=timezone.now(), conference=table, starts_at=at_noon(4), **facts)
    moved = events(path)[uid]
    assert moved.decoded("dtstart") == at_noon(4)
    assert moved["sequence"] > event["sequence"]


def test_who_is_needed_at_a_colleagues_conference_finds_it_too(noor, team, dossier):
    sam = make_member(team, name="Sam")
    table = make_conference(noor, make_case(noor, dossier))
    path = make_feed(sam)
    assert events(path) == {}
    who = {"member": sam, "why": "Kent de buurt", "basis": "Team"}
    add_participant(actor=actor_for(noor), at=timezone.now(), conference=table, **who)
    assert list(events(path)) == [f"{table.commitment.ref}@nabij"]


def test_no_name_no_place_and_no_fact_stands_in_it(noor, dossier):
    make_task(noor, what="Bel de psychiater", dossier=dossier)
    case = make_case(noor, dossier)
    make_conference(noor, case, place="Kerkstraat 4", question="Wie pakt de schulden op?")
    start_meldcode(actor=actor_for(noor), at=timezone.now(), dossier=dossier)
    path = make_feed(noor)
    text = read(path).content.decode().replace("\r\n ", "")
    assert len(events(path)) == 4
    told = [word for word in ("Terpstra", "Geertruida", "psychiater", "Kerkstraat", "schulden", "meldcode", "wmo", "Noor", dossier.ref) if word.lower() in text.lower()]
    assert told == []


def test_what_was_closed_lately_is_cancelled_and_later_gone(noor):
    row, path = make_task(noor), make_feed(noor)
    before = events(path)[f"{row.ref}@nabij"]["sequence"]
    finish_task(actor=actor_for(noor), at=timezone.now(), task=row.task)
    (event,) = events(path).values()
    assert event["status"] == "CANCELLED"
    assert event["sequence"] > before
    long_ago = timezone.now() - timedelta(days=31)
    Commitment.objects.filter(pk=row.pk).update(opened_at=long_ago, closed_at=long_ago, turned_at=long_ago)
    assert events(path) == {}


def test_what_was_handed_over_moves_to_the_other_calendar(noor, team):
    sam = make_member(team, name="Sam")
    row, mine, theirs = make_task(noor), make_feed(noor), make_feed(sam)
    hand_over(actor=actor_for(noor), at=timezone.now(), commitment=row, owner=sam)
    assert events(mine) == {}
    assert list(events(theirs)) == [f"{row.ref}@nabij"]


def test_a_substitute_sees_the_work_of_who_is_away_and_who_is_away_sees_nothing(noor, team):
    sam = make_member(team, name="Sam")
    row, mine, theirs = make_task(noor), make_feed(noor), make_feed(sam)
    assert list(events(theirs)) == []
    make_stand_in(noor, sam)
    assert read(mine).status_code == 404
    assert list(events(theirs)) == [f"{row.ref}@nabij"]
    StandIn.objects.update(ended_at=timezone.now())
    assert list(events(mine)) == [f"{row.ref}@nabij"]


def test_a_blocked_colleague_reads_nothing_from_that_moment_and_never_again_by_the_old_link(noor, team):
    path = make_feed(noor)
    lead = actor_for(team.lead)
    block_worker(actor=lead, at=timezone.now(), worker=noor.worker)
    assert read(path).status_code == 404
    unblock_worker(actor=lead, at=timezone.now(), worker=Worker.objects.get(pk=noor.worker_id))
    assert read(path).status_code == 404


def test_after_the_last_day_the_link_answers_nothing(noor):
    path = make_feed(noor)
    assert read(path).status_code == 200
    noor.until_on = timezone.localdate() - timedelta(days=1)
    noor.from_on = noor.until_on - timedelta(days=9)
    noor.save()
    assert read(path).status_code == 404


def test_an_unknown_an_ended_and_an_expired_link_are_one_answer(noor, team):
    ended, expired = make_feed(noor), make_feed(make_member(team, name="Sam"))
    Link.objects.filter(worker=noor.worker).update(ended_at=timezone.now())
    Link.objects.exclude(worker=noor.worker).update(made_at=datetime(2020, 1, 1, tzinfo=UTC), expires_at=datetime(2020, 1, 2, tzinfo=UTC))
    answers = [read(path) for path in (ended, expired, "/calendars/feed/onbekend-maar-wel-lang.ics")]
    told = [(a.status_code, a.content, a.headers["Content-Type"], a.headers["Cache-Control"], a.headers["Referrer-Policy"]) for a in answers]
    assert told == [(404, b"", "text/plain", "private, no-cache", "no-referrer")] * 3


def test_who_asks_again_is_told_that_nothing_changed_until_something_does(noor):
    row, path = make_task(noor), make_feed(noor)
    first = read(path)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    again = read(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    set_date(actor=actor_for(noor), at=timezone.now(), commitment=row, due_at=at_noon(9))
    assert read(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_link_is_read_sixty_times_an_hour_and_not_more(noor, monkeypatch):
    monkeypatch.setattr("nabij.links.opening.KNOCKS_OF_LINK", 3)
    path = make_feed(noor)
    assert [read(path).status_code for _time in range(5)] == [200, 200, 200, 429, 429]


def test_many_colleagues_may_ask_through_one_company_and_guessing_has_an_end(noor, monkeypatch):
    path = make_feed(noor)
    for number in range(130):  # more than other links allow one address
        assert read(f"/calendars/feed/geraden{number}.ics").status_code == 404
    assert read(path).status_code == 200
    monkeypatch.setattr(views, "KNOCKS_OF_ADDRESS", 131)
    assert read(path).status_code == 429


def test_the_secret_stands_in_no_log_and_no_record_and_what_was_handed_out_is_written_down_once(noor, caplog):
    path = make_feed(noor)
    secret = path.split("/")[-1].removesuffix(".ics")
    with caplog.at_level(logging.DEBUG):
        etag = read(path).headers["ETag"]
        read(path, headers={"If-None-Match": etag})
        read(path[:-7] + ".ics")
    kept = [str(row) for row in (*Entry.objects.values_list(), *Link.objects.values_list())]
    assert [text for text in (*kept, *(record.getMessage() for record in caplog.records)) if secret in text] == []
    (entry,) = Entry.objects.filter(verb="calendars.feed")
    assert (entry.actor_id, entry.subject, entry.dossier_id) == (noor.worker_id, f"link {Link.objects.get().ref}", None)


def test_nothing_is_written_by_sending_something(noor):
    path = make_feed(noor)
    assert Client().post(path, {}).status_code == 405


@pytest.mark.parametrize("many", [1, 5])
def test_it_takes_as_many_queries_for_five_as_for_one(noor, many, django_assert_num_queries):
    for _time in range(many):
        make_task(noor)
    path = make_feed(noor)
    read(path)
    with django_assert_num_queries(11):
        answer = read(path)
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == many

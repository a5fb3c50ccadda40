import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.access.models import Role
from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_municipality, make_team
from nabij.audit.models import Entry
from nabij.residents.models import Resident
from nabij.signals.actions import decide
from nabij.signals.models import Signal

from .factories import MONDAY, REPORTER, log_in, make_signal

pytestmark = pytest.mark.django_db
# the session, the logged-in person, their memberships
OWN = ('FROM "django_session"', 'FROM "access_worker" WHERE', 'SELECT "access_membership"."id"')


@pytest.fixture(autouse=True)
def monday(clock):
    clock.to(MONDAY + timedelta(hours=1))


def titles(client) -> list[str]:
    return re.findall(r'class="row-title"><a [^>]*>([^<]*)<', client.get("/triage").content.decode())


def test_safety_stands_first_and_then_the_oldest_date(client, team):
    for who, fields in {"gewoon": {}, "acuut": {"unsafe": True}, "oud": {"at": MONDAY - timedelta(days=7)}, "snel": {"urgency": 1}}.items():
        make_signal(team, who=who, **fields)
    assert titles(log_in(client, team.lead)) == ["acuut", "oud", "snel", "gewoon"]


def test_another_team_and_another_controller_see_nothing(client, team):
    signal = make_signal(team)
    for stranger in (make_team(team.municipality), make_team(make_municipality())):
        other = log_in(client, stranger.lead)
        assert titles(other) == []
        absent = other.get("/signals/" + "2" * 20).content
        for page in ("", "/decide", "/classify", "/link", "/second-word", "/reopen"):
            answer = other.get(f"/signals/{signal.ref}{page}")
            assert answer.status_code == 404
            if not page:
                assert len(answer.content) == len(absent)


def test_a_volunteer_has_no_queue_and_sees_only_what_they_answer_for(client, team):
    volunteer = make_member(team, Role.VOLUNTEER)
    theirs, other = make_signal(team, reporter=REPORTER), make_signal(team)
    type(theirs.commitment).objects.filter(pk=theirs.pk).update(owner=volunteer)
    logged = log_in(client, volunteer)
    assert logged.get("/triage").status_code == 404
    assert logged.get(f"/signals/{other.ref}").status_code == 404
    text = logged.get(f"/signals/{theirs.ref}").content.decode()
    assert "gordijnen" in text
    assert "Buurvrouw Bep" not in text


def test_the_reporter_is_not_in_the_queue(client, team):
    make_signal(team, reporter=REPORTER)
    text = log_in(client, team.lead).get("/triage").content.decode()
    assert "alleen bij ons bekend" in text
    for word in ("Buurvrouw Bep", "bep@", "0612345678"):
        assert word not in text


def test_who_waits_for_a_second_word_is_shown_to_a_colleague(client, team):
    signal = make_signal(team, unsafe=True)
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=signal, kind="answer", asks_support=False)
    address = f"/signals/{signal.ref}/second-word"
    assert address not in log_in(client, team.lead).get("/triage").content.decode()
    assert address in log_in(client, team.lead_substitute).get("/triage").content.decode()


def test_more_than_a_page_goes_on_after_the_last_one(client, team):
    for n in range(30):
        make_signal(team, who=f"p{n:02}", at=MONDAY - timedelta(days=60 - n))
    lead = log_in(client, team.lead)
    first = titles(lead)
    last = Signal.objects.get(who=first[-1])
    text = lead.get("/triage", {"after": last.ref}).content.decode()
    assert len(first) == 25
    assert [n for n in range(30) if f">p{n:02}<" in text] == [25, 26, 27, 28, 29]


def test_a_linked_row_shows_the_resident_and_is_written_down_as_read(client, team):
    dossier = make_dossier(team)
    Resident.objects.create(dossier=dossier, call_name="Ria", surname="Bos")
    make_signal(team, dossier=dossier)
    assert titles(log_in(client, team.lead)) == ["Ria Bos"]
    assert Entry.objects.filter(verb="signals.triage").get().dossiers == f"[{dossier.pk}]"


def counted(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in found.captured_queries if not any(own in one["sql"] for own in OWN) and "SAVEPOINT" not in one["sql"]]


def fill(team, count: int) -> None:
    for n in range(count):
        dossier = make_dossier(team)
        Resident.objects.create(dossier=dossier, call_name="Ria", surname="Bos")
        signal = make_signal(team, dossier=dossier, reporter=REPORTER, unsafe=n % 2 == 0)
        if signal.unsafe:
            decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=signal, kind="answer", asks_support=False)


def test_the_queue_asks_as_much_for_one_row_as_for_a_hundred(client, team, monkeypatch):
    monkeypatch.setattr("nabij.signals.views.triage.AT_ONCE", 200)
    fill(team, 1)
    lead = log_in(client, team.lead)
    one = counted(lead, "/triage")
    fill(team, 99)
    hundred = counted(lead, "/triage")
    assert len(titles(lead)) == 100
    assert len(one) == len(hundred) <= 8


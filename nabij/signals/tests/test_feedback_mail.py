"""What really leaves over SMTP."""

import pytest

from nabij.access.models import Region
from nabij.access.tests.factories import actor_for, make_team
from nabij.core.errors import Refused
from nabij.post.delivery import send_due
from nabij.signals.actions import classify_signal, decide
from nabij.signals.models import Decision

from .factories import MONDAY, REPORTER, make_signal

pytestmark = pytest.mark.django_db


def test_the_reporter_gets_one_mail_without_name_or_health(mail_server):
    team = make_team()
    signal = make_signal(team, words="Meneer Jansen is dement en roept 's nachts.", reporter=REPORTER)
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=signal, kind="answer", asks_support=False)
    send_due(at=MONDAY)
    send_due(at=MONDAY)
    (mail,) = mail_server.sent_to("bep@post.example")
    text = mail.get_content()
    assert mail["Subject"] == "Uw bericht aan ons team"
    assert text.startswith("Goedendag,")
    for word in ("Jansen", "dement", "nacht", "Leonie", "Bep"):
        assert word not in text


def test_a_decision_that_is_refused_sends_nothing(mail_server):
    team = make_team()
    signal = make_signal(team, reporter=REPORTER)
    actor = actor_for(team.lead, MONDAY)
    with pytest.raises(Refused):
        decide(actor=actor, at=MONDAY, signal=signal, kind="link", asks_support=False, feedback="mailed")
    send_due(at=MONDAY)
    assert (mail_server.messages, Decision.objects.count()) == ([], 0)


def test_a_mail_server_that_is_away_loses_no_feedback(mail_server):
    team = make_team()
    signal = make_signal(team, reporter=REPORTER)
    mail_server.refuse = "451 try later"
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=signal, kind="answer", asks_support=False)
    send_due(at=MONDAY)
    assert mail_server.messages == []
    mail_server.refuse = ""
    send_due(at=MONDAY.replace(hour=12))
    assert len(mail_server.sent_to("bep@post.example")) == 1


def test_who_asks_support_for_themselves_gets_a_confirmation_of_the_report(mail_server):
    team = make_team()
    make_signal(team, about="self", who="Bep", asks_support=True, reporter=REPORTER)
    send_due(at=MONDAY)
    (mail,) = mail_server.sent_to("bep@post.example")
    assert "15-06-2026" in mail.get_content()
    assert "uiterlijk 27-07-2026" in mail.get_content()
    assert "tot en met 22-06-2026" in mail.get_content()


def test_the_confirmation_of_a_report_names_the_days_that_the_region_agreed_on(mail_server):
    team = make_team()
    terms = {key: {"days": count, "source": "Regio", "agreed_on": "2026-01-05"} for key, count in (("wmo_inquiry", 28), ("wmo_plan", 14))}
    team.municipality.region = Region.objects.create(name="Regio", terms=terms)
    team.municipality.save()
    make_signal(team, about="self", who="Bep", asks_support=True, reporter=REPORTER)
    send_due(at=MONDAY)
    (mail,) = mail_server.sent_to("bep@post.example")
    assert "uiterlijk 13-07-2026" in mail.get_content()
    assert "tot en met 29-06-2026" in mail.get_content()


def test_a_report_found_at_triage_is_confirmed_once(mail_server):
    team = make_team()
    signal, actor = make_signal(team, about="self", who="Bep", reporter=REPORTER), actor_for(team.lead, MONDAY)
    for _time in range(2):
        classify_signal(actor=actor.again(), at=MONDAY, signal=signal, asks_support=True)
    make_signal(team, asks_support=True, reporter=REPORTER)  # a neighbour who asks support for another gets no confirmation
    send_due(at=MONDAY)
    assert len(mail_server.messages) == 1

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from nabij.access.actor import system_actor
from nabij.access.tests.factories import make_team
from nabij.core.errors import Refused
from nabij.post.actions import cancel_mail, claim_due, erase_mail_about, queue_mail, record_failed, record_sent
from nabij.post.actions.sending import WAITS
from nabij.post.delivery import send_due
from nabij.post.models import Outgoing
from nabij.post.queries import sent_about, thread_of_mail, undelivered_about

from .factories import act, make_outgoing, receive

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
RECORD = {"kind": "signal", "ref": "signaalsignaal234567"}
pytestmark = pytest.mark.django_db


def queue(at=AT, to="buur@post.example", **fields):
    given = {
        "subject": "Uw bericht aan het wijkteam",
        "body": "Dank u wel.\nWij hebben het gelezen.",
        **RECORD,
        **fields,
    }
    return act(actor=system_actor(at=at), at=at, run=lambda **door: queue_mail(**door, to=to, **given))


def test_a_mail_arrives_over_smtp_with_its_own_id_and_keeps_machines_silent(mail_server):
    mail = queue()
    assert send_due(at=AT) == Counter(sent=1)
    (arrived,) = mail_server.sent_to("buur@post.example")
    assert arrived["Message-ID"] == f"<{mail.ref}@nabij.example>"
    assert (arrived["Subject"], arrived["Auto-Submitted"]) == ("Uw bericht aan het wijkteam", "auto-generated")
    assert arrived.get_content().splitlines() == ["Dank u wel.", "Wij hebben het gelezen."]
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts) == ("sent", AT, 1)
    assert send_due(at=AT) == Counter()
    assert len(mail_server.messages) == 1


def test_an_answer_to_what_was_sent_finds_its_record(mail_server):
    queue()
    send_due(at=AT)
    incoming = receive(make_team(), AT, In_Reply_To=mail_server.messages[0]["Message-ID"])
    assert thread_of_mail(incoming=incoming)[:2] == ("signal", "signaalsignaal234567")


def test_an_address_with_our_token_is_given_when_the_mail_server_can_do_that(mail_server, settings):
    settings.MAIL_PLUS_ADDRESS = True
    mail = queue()
    send_due(at=AT)
    address = mail_server.messages[0]["Reply-To"]
    assert address == f"wijkteam+{mail.ref}@nabij.example"
    assert thread_of_mail(incoming=receive(make_team(), AT, To=address)).outgoing == mail


def test_nothing_leaves_when_the_act_around_it_fails(mail_server):
    def fails(**door):
        queue_mail(**door, to="buur@post.example", subject="x", body="x")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act(actor=system_actor(at=AT), at=AT, run=fails)
    assert send_due(at=AT) == Counter()
    assert (Outgoing.objects.count(), mail_server.messages) == (0, [])


def test_a_busy_mail_server_is_tried_again_later_and_later_until_it_is_given_up(mail_server):
    mail_server.refuse, at = "451 try later", AT
    mail = queue()
    for number, wait in enumerate(WAITS, start=1):
        assert send_due(at=at) == Counter(waiting=1)
        mail.refresh_from_db()
        assert (mail.attempts, mail.not_before - at, mail.last_error) == (number, wait, "SMTPDataError 451")
        assert send_due(at=mail.not_before - timedelta(seconds=1)) == Counter()
        at = mail.not_before
    assert send_due(at=at) == Counter(gave_up=1)
    assert [row.state for row in undelivered_about(kind="signal")] == ["gave_up"]


def test_a_mail_that_failed_first_arrives_when_the_server_is_back(mail_server):
    mail_server.refuse = "451 try later"
    queue()
    send_due(at=AT)
    mail_server.refuse = ""
    assert send_due(at=AT + timedelta(minutes=1)) == Counter(sent=1)
    assert [(row.state, row.last_error, row.attempts) for row in sent_about(**RECORD)] == [("sent", "", 2)]


def test_an_address_that_does_not_exist_is_given_up_at_once(mail_server):
    mail_server.refuse = "550 no such user buur@post.example"
    queue()
    assert send_due(at=AT) == Counter(gave_up=1)
    (mail,) = sent_about(**RECORD)
    assert mail.last_error == "SMTPDataError 550"


def test_without_a_mail_server_one_mail_is_tried_and_the_others_keep_their_tries(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    for _number in range(3):
        queue()
    assert send_due(at=AT) == Counter(waiting=1)
    assert [(row.attempts, row.claimed_at) for row in sent_about(**RECORD)] == [(1, None), (0, None), (0, None)]


def test_a_claimed_mail_is_left_alone_until_its_sender_must_have_crashed(mail_server):
    queue()
    assert len(claim_due(actor=system_actor(at=AT), at=AT)) == 1
    assert send_due(at=AT + timedelta(minutes=14)) == Counter()
    assert send_due(at=AT + timedelta(minutes=16)) == Counter(sent=1)


def test_a_mail_waits_for_its_moment_and_a_cancelled_one_never_leaves(mail_server):
    queue(not_before=AT + timedelta(days=1))
    assert send_due(at=AT) == Counter()
    act(actor=system_actor(at=AT), at=AT, run=lambda **door: cancel_mail(**door, **RECORD))
    assert send_due(at=AT + timedelta(days=2)) == Counter()
    assert [row.state for row in sent_about(**RECORD)] == ["cancelled"]


def test_what_left_while_it_was_cancelled_is_recorded_as_sent():
    mail = make_outgoing(AT, cancelled_at=AT)
    assert record_sent(actor=system_actor(at=AT), at=AT, mail=mail).state == "sent"


def test_a_late_failure_does_not_undo_a_sent_mail():
    mail = make_outgoing(AT, sent_at=AT, attempts=1)
    assert record_failed(actor=system_actor(at=AT), at=AT, mail=mail, error="x").state == "sent"


@pytest.mark.parametrize("address", ["", "buur", "buur@", "a@b.example\nBcc: c@d.example", "buur@post,example"])
def test_what_is_no_address_is_refused_with_an_example(address):
    with pytest.raises(Refused, match=r"naam@voorbeeld\.nl"):
        queue(to=address)
    assert Outgoing.objects.count() == 0


def test_a_subject_of_two_lines_cannot_add_a_header(mail_server):
    queue(subject="Hallo\nBcc: ander@post.example")
    send_due(at=AT)
    assert mail_server.messages[0]["Bcc"] is None
    assert mail_server.messages[0]["Subject"] == "Hallo Bcc: ander@post.example"


def test_an_erased_record_leaves_no_address_and_no_words(mail_server):
    queue()
    count = act(actor=system_actor(at=AT), at=AT, run=lambda **door: erase_mail_about(**door, **RECORD))
    (mail,) = sent_about(**RECORD)
    assert (count, mail.to, mail.subject, mail.body, mail.state) == (1, "", "", "", "cancelled")
    assert send_due(at=AT) == Counter()

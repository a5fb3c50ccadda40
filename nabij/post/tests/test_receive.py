from datetime import UTC, datetime

import pytest

from nabij.access.actor import system_actor
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.core.errors import Absent, Refused
from nabij.papers.models import Paper
from nabij.papers.queries import paper_bytes
from nabij.post.actions import accept_refused, erase_mail, receive_mail
from nabij.post.models import Incoming
from nabij.post.queries import raw_bytes, received_about, refused_before, refused_mail, thread_of_mail, unhandled_since

from .factories import CORPUS, act, make_outgoing, raw_mail, receive, settle, ten_megabytes

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def corpus(name):
    return (CORPUS / f"{name}.eml").read_bytes()


def test_a_message_is_stored_with_its_words_and_its_files():
    incoming = Incoming.objects.get(pk=receive(make_team(), AT, corpus("04-huurachterstand")).pk)
    assert incoming.state == "received"
    assert incoming.from_address == "incasso@woonstichting-eendracht.example"
    assert incoming.subject == "Vroegsignalering huurachterstand dossier 2026/4471"
    assert "Ontruiming staat gepland" in incoming.text
    assert "Afdeling Incasso" in incoming.signature
    assert incoming.sent_at == datetime(2026, 11, 4, 7, 0, 3, tzinfo=UTC)
    assert raw_bytes(incoming=incoming) == corpus("04-huurachterstand")
    (file,) = incoming.files.all()
    assert (file.paper.name, file.paper.content_type) == ("overzicht achterstand.pdf", "application/pdf")
    assert paper_bytes(paper=file.paper).startswith(b"%PDF-1.4")


def test_words_and_sender_lie_encrypted_in_the_database():
    from django.db import connection

    receive(make_team(), AT, corpus("01-buurvrouw-van-nr-14"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM post_incoming")
        stored = repr(cursor.fetchall())
    for secret in ("gordijnen", "terwindt", "Buurvrouw", "Beukenkamp"):
        assert secret not in stored


def test_the_same_message_twice_gives_the_same_row_and_no_second_file():
    team = make_team()
    first = receive(team, AT, corpus("01-buurvrouw-van-nr-14"))
    again = receive(team, AT, corpus("24-zelfde-bericht-nog-eens"))
    assert (again.pk, Incoming.objects.count(), Paper.objects.count()) == (first.pk, 1, 1)


def test_a_refused_message_keeps_its_reason_in_words_and_all_its_bytes():
    incoming = receive(make_team(), AT, ten_megabytes())
    assert (incoming.state, incoming.refusal) == ("refused", "too_large")
    assert incoming.refusal_words.startswith("Het is te groot.")
    assert incoming.text == "Mijn vader is van deze trap gevallen. Zie de foto's."
    assert raw_bytes(incoming=incoming) == ten_megabytes()
    assert incoming.files.count() == 0


def test_a_worker_takes_a_refused_message_in_after_all_with_its_files():
    team = make_team()
    incoming = receive(team, AT, ten_megabytes())
    accept_refused(actor=actor_for(make_member(team), AT), at=AT, incoming=incoming)
    incoming = Incoming.objects.get(pk=incoming.pk)
    assert (incoming.state, incoming.refusal, incoming.handled_at) == ("received", "", None)
    assert [file.paper.name for file in incoming.files.all()] == ["trap.jpg"]
    with pytest.raises(Refused):
        accept_refused(actor=actor_for(make_member(team), AT), at=AT, incoming=incoming)


def test_another_team_neither_sees_nor_takes_in_refused_mail():
    team, other = make_team(), make_team()
    incoming = receive(team, AT, corpus("13-spam-kop"))
    stranger, own = actor_for(make_member(other), AT), actor_for(make_member(team), AT)
    assert [row.pk for row in refused_mail(actor=own)] == [incoming.pk]
    assert refused_mail(actor=own, before_id=incoming.pk) == []
    assert refused_mail(actor=stranger) == []
    with pytest.raises(Absent):
        accept_refused(actor=stranger, at=AT, incoming=incoming)


def test_only_the_system_receives_mail():
    team = make_team()
    with pytest.raises(Absent):
        receive_mail(actor=actor_for(team.lead, AT), at=AT, raw=raw_mail(), source="x", team=team)


def test_a_message_is_settled_once():
    incoming = receive(make_team(), AT)
    stale = Incoming.objects.get(pk=incoming.pk)
    settle(incoming, AT)
    assert (incoming.state, incoming.about_ref) == ("signal", "signaalsignaal234567")
    with pytest.raises(Refused):
        settle(stale, AT, "linked")
    assert [row.pk for row in received_about(kind="signal", ref="signaalsignaal234567")] == [incoming.pk]


def test_a_reply_belongs_to_the_record_of_our_mail():
    team, ours = make_team(), make_outgoing(AT, ref="h2m4k6p8r3t5v7w9x2y4")
    thread = thread_of_mail(incoming=receive(team, AT, corpus("16-antwoord-op-ons-bericht")))
    assert (thread.kind, thread.ref, thread.outgoing) == ("signal", "signaalsignaal234567", ours)


def test_a_reply_to_our_address_with_token_belongs_to_the_record_of_our_mail():
    team, ours = make_team(), make_outgoing(AT, ref="j3k5m7n9q2s4u6w8y3z5")
    assert thread_of_mail(incoming=receive(team, AT, corpus("17-antwoord-op-adres"))).outgoing == ours


def test_a_second_mail_of_the_same_sender_belongs_to_what_the_first_became():
    team = make_team()
    first = receive(team, AT, corpus("08-dochter-over-moeder"))
    second = receive(team, AT, corpus("36-antwoord-tussen-de-regels"))
    assert thread_of_mail(incoming=second) is None
    settle(first, AT)
    assert thread_of_mail(incoming=second).incoming == first


def test_a_conversation_with_another_municipality_is_not_ours():
    settle(receive(make_team(), AT, corpus("08-dochter-over-moeder")), AT)
    assert thread_of_mail(incoming=receive(make_team(), AT, corpus("36-antwoord-tussen-de-regels"))) is None


def test_a_reply_in_a_known_conversation_is_never_spam():
    make_outgoing(AT, ref="h2m4k6p8r3t5v7w9x2y4")
    spam = raw_mail(X_Spam_Flag="YES", In_Reply_To="<h2m4k6p8r3t5v7w9x2y4@nabij.example>")
    assert receive(make_team(), AT, spam).state == "received"
    assert receive(make_team(), AT, raw_mail("Iets anders", X_Spam_Flag="YES")).refusal == "spam"


def test_our_mail_that_came_back_shows_it():
    ours = make_outgoing(AT, ref="h2m4k6p8r3t5v7w9x2y4", sent_at=AT)
    assert receive(make_team(), AT, corpus("23-onbestelbaar")).refusal == "bounce"
    ours.refresh_from_db()
    assert (ours.state, ours.bounced_at) == ("bounced", AT)


def test_a_notice_of_delay_does_not_mean_that_it_came_back():
    ours = make_outgoing(AT, ref="h2m4k6p8r3t5v7w9x2y4", sent_at=AT)
    delayed = corpus("23-onbestelbaar").replace(b"Action: failed", b"Action: delayed")
    assert receive(make_team(), AT, delayed).refusal == "automatic_reply"
    ours.refresh_from_db()
    assert ours.state == "sent"


def test_no_answer_goes_to_a_machine_or_to_an_address_nobody_reads():
    team = make_team()
    answers = {
        name: receive(team, AT, corpus(name)).may_be_answered
        for name in ("01-buurvrouw-van-nr-14", "28-zonder-afzender", "35-bericht-uit-systeem")
    }
    assert answers == {"01-buurvrouw-van-nr-14": True, "28-zonder-afzender": False, "35-bericht-uit-systeem": False}
    assert not receive(team, AT, From="no-reply@x.example").may_be_answered


def test_an_erased_message_keeps_no_word_and_is_not_imported_again():
    team = make_team()
    incoming = receive(team, AT, corpus("04-huurachterstand"))
    settle(incoming, AT)
    act(actor=system_actor(at=AT), at=AT, run=lambda **door: erase_mail(**door, incoming=incoming))
    incoming = Incoming.objects.get(pk=incoming.pk)
    assert {
        getattr(incoming, name)
        for name in ("from_address", "from_name", "subject", "text", "quoted", "signature", "source")
    } == {""}
    assert set(Paper.objects.values_list("size", flat=True)) == {0}
    with pytest.raises(FileNotFoundError):
        raw_bytes(incoming=incoming)
    assert receive(team, AT, corpus("04-huurachterstand")).pk == incoming.pk


def test_what_waits_too_long_and_what_was_refused_long_ago_are_found():
    team, later = make_team(), AT.replace(month=12)
    waiting, refused = receive(team, AT), receive(team, AT, corpus("13-spam-kop"))
    receive(team, later, text="vandaag"), receive(team, later, corpus("34-nieuwsbrief"))
    assert list(unhandled_since(moment=later)) == [waiting]
    assert list(refused_before(moment=later)) == [refused]

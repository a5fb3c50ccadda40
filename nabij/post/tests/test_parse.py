from datetime import UTC, datetime

import pytest

from nabij.post.parse import MAX_BYTES, Refusal, parse_mail

from .factories import CORPUS, MANIFEST, raw_mail, ten_megabytes


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_each_message_of_the_corpus_is_read_as_the_manifest_says(entry):
    mail = parse_mail((CORPUS / entry["file"]).read_bytes())
    reason = entry["result"].removeprefix("refused:") if entry["result"].startswith("refused:") else None
    assert (mail.refusal, mail.evidence if reason is None else "") == (reason, "")
    for name in ("text", "quoted", "signature", "story"):
        assert entry.get(name, "") in getattr(mail, name)
    assert entry.get("not_in_text", "\x00") not in mail.text
    assert mail.subject == entry.get("subject", mail.subject)
    assert mail.from_address == entry.get("sender", mail.from_address)
    assert mail.from_name == entry.get("sender_name", mail.from_name)
    assert mail.is_html is entry.get("html", False)
    assert [file.name for file in mail.attachments] == entry.get("attachments", [])
    assert list(mail.references) == entry.get("references", list(mail.references))
    assert (mail.date is None) is (mail.date is None if "date" not in entry else True)


def test_the_corpus_has_at_least_34_messages_of_every_kind():
    assert len(MANIFEST) == len(list(CORPUS.glob("*.eml"))) >= 34
    assert {entry["result"].split(":")[0] for entry in MANIFEST} == {"signal", "linked", "refused", "same"}


def test_the_same_message_by_another_way_has_the_same_digest():
    first, again = (
        parse_mail((CORPUS / name).read_bytes())
        for name in ("01-buurvrouw-van-nr-14.eml", "24-zelfde-bericht-nog-eens.eml")
    )
    assert first.digest == again.digest


def test_a_message_id_used_twice_for_other_words_makes_two_digests():
    one, two = (parse_mail(raw_mail(text, Message_ID="<x1@post.example>")) for text in ("Eerste vraag", "Tweede vraag"))
    assert one.message_id == two.message_id == "x1@post.example"
    assert one.digest != two.digest


def test_ten_megabytes_are_refused_and_their_first_words_stay_readable():
    mail = parse_mail(ten_megabytes())
    assert mail.size > MAX_BYTES
    assert mail.refusal is Refusal.TOO_LARGE
    assert mail.text == "Mijn vader is van deze trap gevallen. Zie de foto's."


def test_a_lower_limit_refuses_a_smaller_message():
    raw = raw_mail("x" * 500)
    assert parse_mail(raw, max_bytes=len(raw)).refusal is None
    assert parse_mail(raw, max_bytes=len(raw) - 1).refusal is Refusal.TOO_LARGE


def test_a_date_is_aware_and_an_impossible_one_is_none():
    assert parse_mail(raw_mail(Date="Mon, 02 Nov 2026 09:14:22 +0100")).date == datetime(
        2026, 11, 2, 8, 14, 22, tzinfo=UTC
    )
    assert parse_mail(raw_mail(Date="Mon, 02 Nov 2026 09:14:22")).date == datetime(2026, 11, 2, 9, 14, 22, tzinfo=UTC)
    assert parse_mail(raw_mail(Date="morgen")).date is None
    assert parse_mail(raw_mail(Date="Mon, 02 Nov 9999 00:00:01 +0100")).date is None


def test_the_token_in_our_address_is_found_wherever_the_mail_was_delivered():
    assert parse_mail(raw_mail(To="Wijkteam <wijkteam+abcdef2345@nabij.example>")).tokens == ("abcdef2345",)
    assert parse_mail(raw_mail(Delivered_To="wijkteam+abcdef2345@nabij.example")).tokens == ("abcdef2345",)


def test_a_long_closing_story_is_not_taken_for_a_signature():
    story = "Eerst dit.\n\nGroetjes dus.\n" + "En toen gebeurde er nog heel veel op die dag. " * 8
    assert "En toen" in parse_mail(raw_mail(story)).text


def test_a_message_of_only_a_greeting_keeps_it():
    assert parse_mail(raw_mail("Met vriendelijke groet,\nJan")).text == "Met vriendelijke groet,\nJan"


def test_a_lost_person_hidden_by_a_name_with_an_address_is_not_the_sender():
    mail = parse_mail(raw_mail(From='"burgemeester@gemeente.example" <echt@post.example>'))
    assert (mail.from_address, mail.from_name) == ("echt@post.example", "burgemeester@gemeente.example")

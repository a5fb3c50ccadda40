import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nabij.post.parse import ParsedMail, parse_mail

from .factories import CORPUS

LINES = st.sampled_from(
    [
        b"From: =?utf-8?B?8J+Y?= <a@b.example>", b"From: \xff\xfe, , <<>>", b"Subject: =?x-none?Q?=zz?=", b"Subject: \x00\x80",
        b"Date: Thu, 99 Foo 99999 99:99", b"Date: 1", b"Content-Type: multipart/mixed; boundary=\"a\"",
        b"Content-Type: multipart/alternative", b"Content-Type: text/html; charset=punycode", b"Content-Type: ; ; charset*0*=x''%",
        b"Content-Type: message/rfc822", b"Content-Type: text/plain; charset=utf-16", b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: x-uuencode", b"Content-Transfer-Encoding: quoted-printable", b"", b"--a", b"--a--", b"=E9=\xff",
        b"<div><blockquote>\xf0\x9f</p>", b"> Op", b"Op 1 jan schreef x:", b"Van: x", b"Aan: y", b"Onderwerp: z", b"-- ", b"Groet,",
        b"Content-Disposition: attachment; filename*=x'y'%ff%00", b"In-Reply-To: <<\xff>>", b"To: a+token12@b.example,,;:", b"begin 644 x",
        b"Content-Type: multipart/report; report-type=\xff", b"Content-Type: message/delivery-status", b" \tfolded",
    ]
)  # fmt: skip


def _checked(raw):
    mail = parse_mail(raw)
    assert isinstance(mail, ParsedMail)
    assert len(mail.digest) == 64
    assert 0 < len(mail.message_id) <= 255
    files = [word for file in mail.attachments for word in (file.name, file.content_type)]
    heads = [
        mail.subject,
        mail.from_name,
        mail.from_address,
        mail.message_id,
        mail.evidence,
        *mail.references,
        *mail.to,
    ]
    for text in (mail.text, mail.quoted, mail.signature, *heads, *files):
        assert "\x00" not in text
        text.encode("utf-8")
    assert len(mail.subject) <= 200
    assert mail.date is None or mail.date.tzinfo is not None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=3000))
def test_no_bytes_raise(raw):
    _checked(raw)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(LINES, st.binary(max_size=60)), max_size=40), st.sampled_from([b"\n", b"\r\n"]))
def test_no_broken_message_raises(lines, end):
    _checked(b"From: a@b.example" + end + end.join(lines))


def test_ten_thousand_nested_parts_are_read_in_bounded_time():
    head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=a0\n\n"
    nested = b"".join(b"--a%d\nContent-Type: multipart/mixed; boundary=a%d\n\n" % (n, n + 1) for n in range(3000))
    _checked(head + nested + b"--a3000\n\ndiep\n")


PIECES = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_damaged_or_mixed_message_of_the_corpus_raises(data):
    raw = data.draw(st.sampled_from(PIECES))
    for _number in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        other = data.draw(st.sampled_from(PIECES))
        start = data.draw(st.integers(0, len(other)))
        put_in = data.draw(st.one_of(st.binary(max_size=4), st.just(other[start : start + 150])))
        raw = raw[:at] + put_in + raw[at + data.draw(st.integers(0, 40)) :]
    _checked(raw)


HOSTILE = {
    "greetings": b"From: a@b.example\n\n" + b"groet\n" * 200_000,
    "header parameters": b"From: a@b.example\nContent-Type: text/plain" + b"; a=b" * 300_000 + b"\n\nx",
    "unclosed scripts": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<script>" * 400_000,
    "prefixes": b"From: a@b.example\nSubject: " + b"Re: " * 500_000 + b"x\n\n",
    "encoded words": b"From: a@b.example\nSubject: " + b"=?utf-8?b?8J8=?= " * 200_000 + b"\n\n",
    "nested tags": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<div>" * 200_000 + b"help",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_message_is_read_within_seconds(raw):
    began = time.monotonic()
    _checked(raw)
    assert time.monotonic() - began < 10  # a second at most on a quiet machine; minutes before there were limits

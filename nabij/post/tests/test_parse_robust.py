from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nabij.post.parse import ParsedMail, parse_mail

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
    for text in (mail.text, mail.quoted, mail.signature, mail.subject, mail.from_name, mail.from_address):
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


def test_a_hostile_page_of_nested_tags_is_read_in_bounded_time():
    _checked(b"From: a@b.example\nContent-Type: text/html\n\n" + b"<div>" * 200_000 + b"help")

"""Bytes to text when the label is wrong, missing or hostile. Nothing in here raises."""

import base64
import binascii
import quopri
import re
from email import message_from_bytes
from email.message import Message
from email.policy import Compat32

# An allow-list: Python also knows "codecs" that are no character sets (punycode, unicode_escape), slow on hostile input.
KNOWN = re.compile(
    r"(us-)?ascii|utf-?(8|16|32)([-_]?[lb]e)?|iso[-_]?8859[-_]\d{1,2}|latin-?\d{1,2}|(windows|cp)-?125\d|cp(437|85\d)"
    r"|koi8-[ru]|mac(intosh|-roman)|gb(2312|k|18030)|big5|euc-(jp|kr)|shift_jis|iso-2022-(jp|kr)",
    re.IGNORECASE,
)
# Mail programs write windows-1252 (curly quotes, euro) and call it latin-1 or ascii.
WESTERN = {"", "ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1", "iso8859-1", "windows-1252", "cp1252"}
ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([BbQq])\?([^?]*)\?=")
# Control characters (PostgreSQL refuses NUL), lone surrogates, and the two overrides that make text read backwards.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202d\u202e\ufeff]")

MAX_HEADER = 64 * 1024  # characters; reading the parameters of a header is quadratic


class _AsSent(Compat32):
    """Header values as they stood there, cut at 64 KB; the standard policy replaces every raw byte by a question mark."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


AS_SENT = _AsSent()


def read_message(raw: bytes) -> "Message[str, str]":
    """Return the parts and headers of a message, headers undecoded."""
    return message_from_bytes(raw, policy=AS_SENT)


def clean_text(text: str) -> str:
    """Return text a database can hold: one kind of line end, no control characters, no trailing blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\xa0", " ")
    lines = (line.rstrip() for line in UNWANTED.sub("", text).split("\n"))
    return "\n".join(lines).strip("\n")


def decode_bytes(data: bytes, declared: str | None = None) -> str:
    """Return the text of bytes: valid UTF-8 wins over a label that says otherwise, windows-1252 is the last resort."""
    label = (declared or "").strip().strip("\"'").lower().replace("_", "-")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if not label.startswith(("utf-16", "utf-32", "utf16", "utf32", "iso-2022")):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if label not in WESTERN and not label.startswith(("utf-8", "utf8")) and KNOWN.fullmatch(label):
        try:
            return data.decode(label, "replace")
        except (LookupError, ValueError):
            pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def header_bytes(value: object) -> bytes:
    """Return the bytes as they stood in the message (the parser smuggles raw bytes as surrogates)."""
    return str(value).encode("utf-8", "surrogateescape")


def decode_header(value: object) -> str:
    """Return a header as one line of readable text, encoded words solved, also when one character spans two words."""
    raw = header_bytes(value)
    text = decode_bytes(raw) if b"=?" not in raw else _solve_words(decode_bytes(raw))
    return " ".join(clean_text(text).split())


def _solve_words(text: str) -> str:
    pieces: list[tuple[str, bytes | str]] = []
    end = 0
    for word in ENCODED_WORD.finditer(text):
        between = text[end : word.start()]
        charset = word[1].split("*")[0].lower()
        data = _word_bytes(word[2], word[3])
        if between.strip() or not pieces:
            pieces.append(("", between))
        # Neighbouring words of one character set are one run of bytes: programs cut an emoji in half.
        if pieces[-1][0] == charset and isinstance(pieces[-1][1], bytes):
            pieces[-1] = (charset, pieces[-1][1] + data)
        else:
            pieces.append((charset, data))
        end = word.end()
    pieces.append(("", text[end:]))
    return "".join(piece if isinstance(piece, str) else decode_bytes(piece, charset) for charset, piece in pieces)


def _word_bytes(kind: str, content: str) -> bytes:
    raw = content.encode("utf-8", "surrogateescape")
    if kind in "Qq":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw

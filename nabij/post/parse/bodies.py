"""The parts of a message: its words (plain before HTML), its attachments, and the messages inside it."""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from nabij.post.parse.charset import clean_text, decode_bytes, decode_header, read_message
from nabij.post.parse.html_text import html_to_text

MAX_DEPTH = 20
MAX_PARTS = 200
MAX_TEXT = 200_000  # characters per part; the raw message keeps the rest
SEALS = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
STUB = re.compile(
    r"(does not|doesn't|kan geen|ondersteunt geen|can ?not).{0,40}html|html.{0,40}(niet|not)", re.IGNORECASE
)
LOST_BOUNDARY = re.compile(rb"^--([^\r\n]{1,70})\r?\n(?=content-(?:type|transfer-encoding|disposition):)", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that came with a message. `inline`: a picture inside the text, often a logo in a signature."""

    name: str
    content_type: str
    size: int
    content: bytes
    inline: bool = False


@dataclass(slots=True)
class Bodies:
    """What was found in a message: words, whether they came from HTML, files, texts and ids of messages inside it."""

    texts: list[str] = field(default_factory=list)
    is_html: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    inner_texts: list[str] = field(default_factory=list)
    inner_ids: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    parts: int = 0


def read_bodies(message: "Message[str, str]") -> Bodies:
    """Return the words and files of a message, parts in their order, nested at most 20 deep and 200 in number."""
    found = Bodies()
    _read_part(message, found, 0)
    return found


def _read_part(part: "Message[str, str]", found: Bodies, depth: int) -> None:
    found.parts += 1
    if depth > MAX_DEPTH or found.parts > MAX_PARTS:
        return
    kind = part.get_content_type().lower()
    children: Any = part.get_payload() if part.is_multipart() else None
    if kind == "multipart/alternative" and children:
        _read_best(list(children), found, depth)
    elif kind == "message/delivery-status" and children:
        found.reports.extend(f"{name}: {value}" for child in children for name, value in child.items())
    elif kind == "message/rfc822" and children:
        _read_inner(children[0], found, depth)
    elif children:
        for child in children:
            _read_part(child, found, depth + 1)
    elif kind.startswith("multipart/"):
        _read_unbound(part, found, depth)
    else:
        _read_leaf(part, kind, found)


def _read_best(children: list["Message[str, str]"], found: Bodies, depth: int) -> None:
    tries = []
    for child in children:
        one = Bodies(parts=found.parts)
        _read_part(child, one, depth + 1)
        found.parts = one.parts
        found.attachments.extend(one.attachments)
        found.inner_ids.extend(one.inner_ids)
        words = "\n\n".join(one.texts)
        if words.strip():
            tries.append((one.is_html, words))
    plain = [words for is_html, words in tries if not is_html]
    html = [words for is_html, words in tries if is_html]
    # Some programs put a stub in the plain version ("your mail program shows no HTML"): then the HTML speaks.
    if plain and not (html and (len(plain[0]) * 4 < len(html[0]) or (len(plain[0]) < 200 and STUB.search(plain[0])))):
        found.texts.append(plain[0])
    elif html:
        found.texts.append(html[0])
        found.is_html = True


def _read_inner(inner: "Message[str, str]", found: Bodies, depth: int) -> None:
    one = Bodies(parts=found.parts)
    _read_part(inner, one, depth + 1)
    found.parts = one.parts
    heads = [f"{name}: {decode_header(inner[name])}" for name in ("From", "Date", "To", "Subject") if inner[name]]
    found.inner_texts.append("\n".join([*heads, "", *one.texts, *one.inner_texts]))
    found.inner_ids.extend([decode_header(inner["Message-ID"] or ""), *one.inner_ids])
    found.attachments.extend(one.attachments)


def _read_unbound(part: "Message[str, str]", found: Bodies, depth: int) -> None:
    """The boundary in the header is not the one in the body: find the real one, else take all as text."""
    payload = payload_of(part)
    lost = LOST_BOUNDARY.search(payload)
    if lost and depth < MAX_DEPTH:
        head = b'Content-Type: multipart/mixed; boundary="' + lost[1].replace(b'"', b"") + b'"\n\n'
        again = read_message(head + payload)
        if again.is_multipart():
            return _read_part(again, found, depth + 1)
    found.texts.append(clean_text(decode_bytes(payload[:MAX_TEXT])))
    return None


def _read_leaf(part: "Message[str, str]", kind: str, found: Bodies) -> None:
    name = _file_name(part)
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    payload = payload_of(part)
    if kind in SEALS:
        return
    if kind in {"text/rfc822-headers", "message/rfc822"}:
        found.inner_ids.extend(re.findall(r"(?im)^message-id:\s*(\S+)", decode_bytes(payload[:MAX_TEXT])))
    elif kind == "message/delivery-status":
        found.reports.extend(decode_bytes(payload[:MAX_TEXT]).splitlines())
    elif kind in {"text/plain", "text/html", "text/enriched"} and not disposition.startswith("attachment") and not name:
        text = clean_text(decode_bytes(payload[: MAX_TEXT * 4], charset_of(part)))[:MAX_TEXT]
        found.is_html = found.is_html or kind == "text/html"
        found.texts.append(clean_text(html_to_text(text)) if kind == "text/html" else text)
    elif payload or name:
        if kind == "text/calendar":
            found.texts.extend(_invitation(decode_bytes(payload[:MAX_TEXT], charset_of(part))))
        name = name or f"bijlage-{len(found.attachments) + 1}{mimetypes.guess_extension(kind) or '.bin'}"
        inline = disposition.startswith("inline") or bool(part.get("Content-ID"))
        kind = kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,100}", kind, re.ASCII) else "application/octet-stream"
        found.attachments.append(Attachment(name, kind, len(payload), payload, inline))


def payload_of(part: "Message[str, str]") -> bytes:
    """Return the decoded bytes of one part, as sent when its transfer encoding is broken."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def charset_of(part: "Message[str, str]") -> str:
    """Return the character set a part claims, empty when it claims none."""
    claimed = part.get_param("charset", "")
    return str(claimed[2] if isinstance(claimed, tuple) else claimed or "")


def _file_name(part: "Message[str, str]") -> str:
    try:
        name = decode_header(part.get_filename() or "")
    except (ValueError, LookupError, TypeError, AttributeError):  # a name in a character set that cannot be
        name = ""
    return re.sub(r'[\\/:*?"<>|]+', "_", name).strip(". ")[-120:]


def _invitation(calendar: str) -> Iterator[str]:
    """The few lines of an invitation a person reads: what, when, where."""
    unfolded = re.sub(r"\n[ \t]", "", clean_text(calendar))
    found = re.findall(r"(?m)^(SUMMARY|DTSTART|DTEND|LOCATION|DESCRIPTION)[^:\n]{0,80}:([^\r\n]*)", unfolded)
    moment = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$")
    words = [moment.sub(r"\3-\2-\1 \4:\5 \6", value).rstrip(" :") for _name, value in found]
    lines = [value.replace("\\n", "\n").replace("\\,", ",").strip() for value in words]
    if any(lines):
        yield "\n".join(line for line in lines if line)

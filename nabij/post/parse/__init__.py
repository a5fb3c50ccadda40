"""Raw bytes of one message to a `ParsedMail`. No byte sequence raises: what cannot be read is refused with a reason.

Pure: no database, no clock, no network, nothing in a message is ever executed or fetched.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from nabij.post.parse.bodies import MAX_TEXT, Attachment, Bodies, read_bodies
from nabij.post.parse.charset import clean_text, decode_bytes, decode_header, header_bytes, read_message
from nabij.post.parse.threads import forwarded_from, split_words
from nabij.post.parse.verdict import Refusal, Verdict, judge

__all__ = ["MAX_BYTES", "Attachment", "ParsedMail", "Refusal", "forwarded_from", "parse_mail"]

MAX_BYTES = 10 * 1024 * 1024  # default; see the setting NABIJ_MAIL_LIMIT_BYTES
HEAD_BYTES = 256 * 1024  # of a refused large message this much is read, so that a person still sees what it was about
NO_MESSAGE_ID = "@no-message-id"
PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|fw|antw|aw|wg|betr|betreft|doorst|tr)(?:\[\d+\])?\s*:|\[?(?:extern(?:al|e)?|spam\??)\]?\s*[:\]])",
    re.I,
)
FORWARD = re.compile(r"^\s*(?:(?:re|antw|\[extern\w*\])\s*:?\s*)*(?:fwd?|doorst|wg|tr)\s*:", re.I)


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One message as a person would read it. `text` holds the new words, `quoted` the older ones, `signature` the end."""

    digest: str
    message_id: str
    from_address: str
    from_name: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    references: tuple[str, ...]
    tokens: tuple[str, ...]
    subject: str
    date: datetime | None
    text: str
    quoted: str
    signature: str
    is_html: bool
    is_forward: bool
    is_generated: bool
    attachments: tuple[Attachment, ...]
    refusal: Refusal | None
    evidence: str
    size: int

    @property
    def story(self) -> str:
        """The words to read first: of a forwarded message also what was forwarded, of an empty one its subject."""
        if self.is_forward or not self.text:
            return "\n\n".join(part for part in (self.text, self.quoted) if part) or self.subject
        return self.text


def parse_mail(raw: bytes, *, size: int | None = None, max_bytes: int = MAX_BYTES) -> ParsedMail:
    """Return the message in `raw`; `size` is its full length when `raw` was cut. Never raises."""
    size = len(raw) if size is None else size
    too_large = size > max_bytes
    part = raw[:HEAD_BYTES] if too_large else raw
    try:
        return _parse(part, raw, size, too_large)
    except Exception as problem:  # the standard parser has unlisted failures; better a bare refusal than a lost message
        return _unreadable(part, raw, size, type(problem).__name__)


def _parse(part: bytes, raw: bytes, size: int, too_large: bool) -> ParsedMail:
    message = read_message(part.lstrip(b"\r\n"))
    bodies = read_bodies(message)
    body = clean_text("\n\n".join(text for text in bodies.texts if text.strip())[:MAX_TEXT])
    words = split_words(body)
    subject = decode_header(message.get("Subject") or "")
    inner = clean_text("\n\n".join(bodies.inner_texts)[:MAX_TEXT])
    verdict = judge(message, bodies, f"{subject}\n{body}\n{inner}")
    if too_large and verdict.reason is not Refusal.NOT_MAIL:
        verdict = Verdict(Refusal.TOO_LARGE, str(size))
    digest = _digest(raw, message, size)
    name, address = _sender(message)
    to, cc = _addresses(message, "To"), _addresses(message, "Cc")
    delivered = _addresses(message, "Delivered-To", "X-Original-To", "Envelope-To")
    return ParsedMail(
        digest=digest,
        message_id=_message_id(message, digest),
        from_address=address,
        from_name=name,
        to=to,
        cc=cc,
        references=_references(message, bodies),
        tokens=_tokens(to + cc + delivered),
        subject=clean_subject(subject),
        date=_date(message),
        text=words.new,
        quoted="\n\n".join(part for part in (words.quoted, inner) if part)[:MAX_TEXT],
        signature=words.signature,
        is_html=bodies.is_html,
        is_forward=bool(words.is_forward or inner or (FORWARD.match(subject) and words.quoted)),
        is_generated=str(message.get("Auto-Submitted") or "no").strip().lower() != "no",
        attachments=tuple(bodies.attachments),
        refusal=verdict.reason,
        evidence=clean_text(decode_header(verdict.evidence))[:100],
        size=size,
    )


def _unreadable(part: bytes, raw: bytes, size: int, problem: str) -> ParsedMail:
    digest = hashlib.sha256(raw).hexdigest()
    text = clean_text(decode_bytes(part[:HEAD_BYTES]))
    return ParsedMail(
        digest, digest + NO_MESSAGE_ID, "", "", (), (), (), (), "", None, text, "", "", False, False, False, (),
        Refusal.NOT_MAIL, problem[:100], size,
    )  # fmt: skip


def clean_subject(subject: str) -> str:
    """Return a subject without its pile of Re:, FW:, Antw: and [EXTERN], at most 200 characters."""
    while (shorter := PREFIX.sub("", subject[:2000], count=1)) != subject:
        subject = shorter
    subject = subject.strip()
    return subject if len(subject) <= 200 else subject[:199].rstrip() + "…"


def _digest(raw: bytes, message: "Message[str, str]", size: int) -> str:
    """One message, one digest: the same when it came by another way, through an mbox, or with other line ends."""
    body = re.split(rb"\r?\n\r?\n", raw.lstrip(b"\r\n"), maxsplit=1)[-1]
    body = re.sub(rb"(?m)^>+(?=From )", b"", body.replace(b"\r\n", b"\n")).rstrip(b"\n")
    heads = [" ".join(str(message.get(name) or "").split()) for name in ("Message-ID", "From", "Date", "Subject")]
    if size > len(raw):
        heads.append(str(size))
    head = "\0".join(heads).encode("utf-8", "surrogateescape")
    return hashlib.sha256(head + b"\0" + body).hexdigest()


def _ids(text: str) -> list[str]:
    return [found[:255] for found in re.findall(r"<([^<>\s]{3,500})>", clean_text(text))]


def _message_id(message: "Message[str, str]", digest: str) -> str:
    raw = decode_header(message.get("Message-ID") or "")
    found = _ids(raw) or ([raw[:255]] if len(raw) >= 3 and " " not in raw else [])
    return found[0] if found else digest + NO_MESSAGE_ID


def _references(message: "Message[str, str]", bodies: Bodies) -> tuple[str, ...]:
    """Ids of older messages this one belongs to, the nearest first."""
    near = _ids(decode_header(message.get("In-Reply-To") or ""))
    older = _ids(decode_header(message.get("References") or ""))[::-1]
    inner = [found for text in bodies.inner_ids for found in _ids(text)]
    return tuple(dict.fromkeys([*near, *older, *inner]))[:50]


def _sender(message: "Message[str, str]") -> tuple[str, str]:
    for name in ("From", "Reply-To", "Sender"):
        for person, address in _pairs(message, name):
            if address:
                return person[:200], address
    text = decode_header(message.get("From") or "")[:2000]
    bare = re.search(r"[^\s<>,;\"()]{1,100}@[^\s<>,;\"()]{1,150}", text)
    return text[:200], bare[0].lower() if bare else ""


def _pairs(message: "Message[str, str]", *names: str) -> list[tuple[str, str]]:
    values = [decode_bytes(header_bytes(value))[:20_000] for name in names for value in message.get_all(name, [])]
    found = getaddresses(values) if values else []
    # Addresses first, encoded words after: a name may hide a comma or a second "address".
    return [
        (decode_header(person), clean_text(address).lower()[:254] if "@" in address else "")
        for person, address in found
    ]


def _addresses(message: "Message[str, str]", *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for _name, address in _pairs(message, *names) if address))[:100]


def _tokens(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """What stands after the plus in an address of ours: it says which message of ours this one answers."""
    return tuple(dict.fromkeys(re.findall(r"\+([\w-]{6,64})@", " ".join(addresses))))


def _date(message: "Message[str, str]") -> datetime | None:
    try:
        found = parsedate_to_datetime(decode_header(message.get("Date") or ""))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC) if 1980 <= found.year <= 2200 else None
    except (TypeError, ValueError, OverflowError, IndexError, AttributeError):
        return None

"""Fetch messages from an IMAP mailbox, and put each away only when what became of it is committed.

Every message is read without marking it as seen. Killed at any moment it stays where it is and comes again; the digest makes it arrive
once. What was taken in goes to the folder "Nabij", what was refused to "Nabij-geweigerd": nothing is ever deleted.
"""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from .mailbox import READ_CAP, MailboxError, RawMail

TIMEOUT = 30  # seconds for each answer of the server
TAKEN, REFUSED = "Nabij", "Nabij-geweigerd"
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class Address:
    """Where a mailbox is: `imaps://user@host/INBOX` (TLS), or `imap://` with STARTTLS; without TLS only on this machine itself."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    secure: bool

    def __repr__(self) -> str:
        return f"Address({self.host}:{self.port}/{self.folder})"  # the password stays out of every log


def address_of(*, url: str, password: str) -> Address:
    """Read a setting. Raises MailboxError when it is no IMAP address."""
    parts = urlsplit(url)
    if parts.scheme not in {"imap", "imaps"} or not (parts.hostname and parts.username):
        raise MailboxError(_("NABIJ_IMAP_URL is not an IMAP address. Write it like imaps://name@mail.example.nl/INBOX."))
    secure = parts.scheme == "imaps"
    port = parts.port or (993 if secure else 143)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return Address(parts.hostname, port, unquote(parts.username), password or unquote(parts.password or ""), folder, secure)


class Mailbox:
    """One open mailbox; use it as a context. Raises MailboxError when the server cannot be reached or says no."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.line: imaplib.IMAP4 = _said(address, lambda: _connect(address))
        self._moves = "MOVE" in self.line.capabilities

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            self.line.logout()

    def numbers(self) -> list[bytes]:
        """Return the lasting numbers (UID) of what lies in the folder and was not put away, oldest first."""
        _kind, found = self._do("SEARCH", None, "UNDELETED")
        return sorted((found[0] or b"").split(), key=int)

    def messages(self) -> Iterator[tuple[bytes, RawMail]]:
        """Yield every message with its number; one that cannot be read has a `problem` and stays where it is."""
        for number in self.numbers():
            try:
                yield number, self._read(number)
            except (imaplib.IMAP4.error, ValueError) as problem:
                yield number, RawMail(self._name(number), b"", 0, type(problem).__name__)

    def _read(self, number: bytes) -> RawMail:
        _kind, sizes = self._do("FETCH", number.decode(), "(RFC822.SIZE)")
        found = SIZE.search(sizes[0] if isinstance(sizes[0], bytes) else b"")
        size = int(found[1]) if found else 0
        part = f"(BODY.PEEK[]<0.{READ_CAP}>)" if size > READ_CAP else "(BODY.PEEK[])"
        _kind, answer = self._do("FETCH", number.decode(), part)
        raw = next((one[1] for one in answer if isinstance(one, tuple)), None)
        if raw is None:
            raise ValueError("no message in the answer")
        return RawMail(self._name(number), raw, max(size, len(raw)) if size > READ_CAP else len(raw))

    def _name(self, number: bytes) -> str:
        return f"imap:{self.address.folder}#{number.decode()}"

    def put_away(self, number: bytes, *, refused: bool = False) -> None:
        """Move one message to its folder: to be called after the commit."""
        folder = REFUSED if refused else TAKEN
        with contextlib.suppress(imaplib.IMAP4.error):
            self.line.create(folder)  # it may be there already
        if self._moves:
            self._do("MOVE", number.decode(), folder)
            return
        self._do("COPY", number.decode(), folder)
        self._do("STORE", number.decode(), "+FLAGS", "(\\Deleted \\Seen)")
        self._do("EXPUNGE", number.decode()) if "UIDPLUS" in self.line.capabilities else self.line.expunge()

    def _do(self, *words: Any) -> tuple[str, list[Any]]:
        kind, answer = self.line.uid(*words)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"{words[0]}: {kind}")
        return kind, answer


def _connect(address: Address) -> imaplib.IMAP4:
    here = address.host in {"localhost", "127.0.0.1", "::1"}
    context = ssl.create_default_context()
    if address.secure:
        line: imaplib.IMAP4 = imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=TIMEOUT)
    else:
        line = imaplib.IMAP4(address.host, address.port, timeout=TIMEOUT)
        if not here:
            line.starttls(context)  # a password never travels in the open
    try:
        line.login(address.user, address.password)
        kind, _found = line.select(f'"{address.folder}"')
        if kind != "OK":
            raise imaplib.IMAP4.error("no such folder")
    except BaseException:
        line.shutdown()
        raise
    return line


def _said(address: Address, connect: Any) -> Any:
    try:
        return connect()
    except (imaplib.IMAP4.error, OSError) as problem:
        told = _("The mailbox on %(host)s cannot be opened (%(why)s). Check the address, the name and the password.")
        raise MailboxError(told % {"host": address.host, "why": type(problem).__name__}) from None

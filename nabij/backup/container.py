"""The file of a backup: one readable line, then sealed pieces.

Every piece is AES-256-GCM under a key made for this file only (HKDF over the ring's key and a random salt), with its number and
whether it is the last one as associated data: a changed, missing, added or swapped piece is noticed (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizar, CRYPTO 2015).
"""

import hashlib
import io
import json
import os
import struct
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from nabij.core import crypto

from .errors import BackupTrouble

MAGIC = b"NABIJ-BACKUP 1\n"
PIECE = 1 << 20  # bytes of content in a piece
TAG = 16
LONGEST_HEADER = 64_000


def _cipher(salt: str, key: str = "") -> tuple[str, AESGCM]:
    name, secret = crypto.stream_key(purpose=f"backup:{salt}", name=key)
    return name, AESGCM(secret)


def _about(header: bytes, number: int, *, last: bool) -> bytes:
    return hashlib.sha256(header).digest() + struct.pack(">QB", number, last)


class SealedWriter(io.RawIOBase):
    """Write bytes into a backup file. Only `finish` makes it whole: a file that was cut off never opens."""

    def __init__(self, target: BinaryIO, about: dict[str, Any]) -> None:
        salt = os.urandom(16).hex()
        key, self._cipher = _cipher(salt)
        self.header = json.dumps({**about, "key": key, "salt": salt}, sort_keys=True).encode() + b"\n"
        self._target, self._number, self._waiting = target, 0, bytearray()
        target.write(MAGIC + self.header)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Seal what is left as the last piece."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(struct.pack(">4xQ", self._number), piece, _about(self.header, self._number, last=last))
        self._target.write(struct.pack(">IB", len(sealed), last) + sealed)
        self._number += 1


class SealedReader(io.RawIOBase):
    """Read the bytes of a backup file; what was changed or cut off raises BackupTrouble, before a byte of that piece is given."""

    def __init__(self, source: BinaryIO) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise BackupTrouble(_("This is not a backup of Nabij, or its first bytes were changed."))
        self.header = source.readline(LONGEST_HEADER)
        self.about = _read_header(self.header)
        try:
            _name, self._cipher = _cipher(str(self.about["salt"]), str(self.about["key"]))
        except crypto.Unreadable as wrong:
            raise BackupTrouble(
                _("This backup was sealed with the key %(key)s, which is not in the key ring here. Set NABIJ_KEYRING to the key ring of that time.")
                % {"key": self.about["key"]}
            ) from wrong
        self._source, self._number, self._ready, self._ended = source, 0, b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            self._ready = self._open()
        part = self._ready[: len(buffer)]
        buffer[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)

    def _open(self) -> bytes:
        head = self._source.read(5)
        size, last = struct.unpack(">IB", head) if len(head) == 5 else (0, 0)
        sealed = self._source.read(size) if TAG <= size <= PIECE + TAG else b""
        if not sealed or len(sealed) != size:
            raise BackupTrouble(_("This backup is not whole: it stops in piece %(number)d, or that piece was changed. Use another copy.") % {"number": self._number + 1})
        try:
            piece = self._cipher.decrypt(struct.pack(">4xQ", self._number), sealed, _about(self.header, self._number, last=bool(last)))
        except InvalidTag as changed:
            raise BackupTrouble(self._why()) from changed
        if last and self._source.read(1):
            raise BackupTrouble(_("Something was added behind the end of this backup. Use another copy."))
        self._number, self._ended = self._number + 1, bool(last)
        return piece

    def _why(self) -> str:
        if self._number == 0:
            return _("This backup does not open: the key ring holds another secret under the name %(key)s, or the beginning of the file was changed.") % {
                "key": self.about["key"]
            }
        return _("This backup was changed after it was made, in piece %(number)d. Use another copy.") % {"number": self._number + 1}


def _read_header(line: bytes) -> dict[str, Any]:
    try:
        about = json.loads(line)
        return {"key": about["key"], "salt": about["salt"], **about}
    except (ValueError, KeyError, TypeError) as wrong:
        raise BackupTrouble(_("The first line of this backup was changed or cut off. Use another copy.")) from wrong

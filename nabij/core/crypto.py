"""Encrypt what may not be read from a stolen database, and sign what may not be changed.

AES-256-GCM with associated data, keys derived per purpose with HKDF-SHA256 from a ring of named master keys
(NIST SP 800-38D, RFC 5869). The ring's last key writes; older keys still read.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """The text was changed, belongs to another record, or was sealed with a key that is not in the ring."""


def _ring() -> dict[str, bytes]:
    pairs = (entry.partition(":") for entry in settings.KEYRING)
    return {name: secret.encode() for name, _, secret in pairs}


@lru_cache(maxsize=64)
def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"nabij:{purpose}".encode()).derive(secret)


def encrypt(plain: bytes, *, purpose: str, about: str) -> bytes:
    """Return `plain` encrypted so that it only opens again for the same purpose and the same `about`."""
    name, secret = list(_ring().items())[-1]
    nonce = os.urandom(12)
    sealed = AESGCM(_derived(secret, purpose)).encrypt(nonce, plain, about.encode())
    return name.encode() + b":" + nonce + sealed


def decrypt(token: bytes, *, purpose: str, about: str) -> bytes:
    """Return what `encrypt` was given. Raises Unreadable."""
    name, _, rest = token.partition(b":")
    secret = _ring().get(name.decode(errors="replace"))
    if secret is None:
        raise Unreadable("key not in the ring")
    try:
        return AESGCM(_derived(secret, purpose)).decrypt(rest[:12], rest[12:], about.encode())
    except InvalidTag as error:
        raise Unreadable("changed, or of another record") from error


def encrypt_text(plain: str, *, purpose: str, about: str) -> str:
    """Return text encrypted, as base64 text."""
    return base64.b64encode(encrypt(plain.encode(), purpose=purpose, about=about)).decode()


def decrypt_text(token: str, *, purpose: str, about: str) -> str:
    """Return what `encrypt_text` was given. Raises Unreadable."""
    return decrypt(base64.b64decode(token), purpose=purpose, about=about).decode()


def stream_key(*, purpose: str, name: str = "") -> tuple[str, bytes]:
    """Return the name of a master key and a 32-byte key derived from it, for a file too large to encrypt at once.

    Without a name: the key that writes. Raises Unreadable when the named key is not in the ring.
    """
    ring = _ring()
    name = name or list(ring)[-1]
    if name not in ring:
        raise Unreadable("key not in the ring")
    return name, _derived(ring[name], purpose)


def sign(message: bytes, *, purpose: str) -> str:
    """Return a keyed fingerprint (HMAC-SHA256, hex) under the ring's FIRST key, so that it stays the same when keys are added."""
    secret = next(iter(_ring().values()))
    return hmac.new(_derived(secret, purpose), message, hashlib.sha256).hexdigest()

"""How an entry is signed and how a range is sealed (HMAC-SHA256 chain, keys outside the database)."""

import json
from collections.abc import Iterable
from datetime import UTC
from operator import attrgetter

from nabij.core import crypto

from .models import Entry, Seal

SIGNED = [f.attname for f in Entry._meta.fields if f.attname not in {"id", "mac"}]
ORIGIN = "0" * 64
_signed = attrgetter(*SIGNED)
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def entry_mac(entry: Entry) -> str:
    """Return the keyed fingerprint over every column but the id, in a form that both databases give back alike."""
    at, *rest = _signed(entry)
    return values_mac([at.astimezone(UTC).isoformat(timespec="microseconds"), *rest])


def values_mac(values: list[object]) -> str:
    """Return the fingerprint of an entry whose columns are given in the order of SIGNED, the moment as text in UTC with microseconds."""
    return crypto.sign(_encode(values).encode(), purpose="audit-entry")


def seal_hmac(seal: Seal, marks: Iterable[tuple[int, str]]) -> str:
    """Return the fingerprint of a seal over its range and the (id, mac) of each entry in it, chained to the previous seal."""
    lines = [f"{seal.previous} {seal.first_id} {seal.last_id} {seal.count}"]
    lines += [f"{number} {mac}" for number, mac in marks]
    return crypto.sign("\n".join(lines).encode(), purpose="audit-seal")

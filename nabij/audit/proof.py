"""How an entry is signed and how a range is sealed (HMAC-SHA256 chain, keys outside the database)."""

import json
from collections.abc import Iterable
from datetime import UTC

from nabij.core import crypto

from .models import Entry, Seal

SIGNED = [f.attname for f in Entry._meta.fields if f.attname not in {"id", "mac"}]
ORIGIN = "0" * 64


def entry_mac(entry: Entry) -> str:
    """Return the keyed fingerprint over every column but the id, in a form that both databases give back alike."""
    values = [getattr(entry, name) for name in SIGNED]
    values[SIGNED.index("at")] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return crypto.sign(json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode(), purpose="audit-entry")


def seal_hmac(seal: Seal, marks: Iterable[tuple[int, str]]) -> str:
    """Return the fingerprint of a seal over its range and the (id, mac) of each entry in it, chained to the previous seal."""
    lines = [f"{seal.previous} {seal.first_id} {seal.last_id} {seal.count}"]
    lines += [f"{number} {mac}" for number, mac in marks]
    return crypto.sign("\n".join(lines).encode(), purpose="audit-seal")

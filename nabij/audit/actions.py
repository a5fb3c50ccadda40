"""Write entries, seal them, list a range for removal. Called by the doors, never by a page."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from .models import Entry, Event, Purge, Seal
from .proof import ORIGIN, entry_mac, seal_hmac


def record_entry(
    *, at: datetime, event: Event, verb: str, dossiers: Iterable[int] = (), detail: Mapping[str, Any] | None = None, **who: Any
) -> Entry:
    """Add one signed entry inside the caller's transaction (NEN 7513: event, moment, whose data, which user, from where)."""
    shown = sorted(set(dossiers))
    entry = Entry(
        at=at,
        event=event,
        verb=verb,
        dossiers=json.dumps(shown) if shown else "",
        detail=json.dumps(detail, sort_keys=True, default=str) if detail else "",
        **who,
    )
    entry.mac = entry_mac(entry)
    _add(entry)
    return entry


COLUMNS = [field for field in Entry._meta.concrete_fields if not field.primary_key]
_NAMES = ", ".join(f'"{field.column}"' for field in COLUMNS)
# names of our own columns only
ADD = f'INSERT INTO "{Entry._meta.db_table}" ({_NAMES}) VALUES ({", ".join(["%s"] * len(COLUMNS))}) RETURNING id'  # noqa: S608


def _add(entry: Entry) -> None:
    """Write the row. Every page and every action adds one, so the statement is not put together anew each time."""
    values = [getattr(entry, field.attname) for field in COLUMNS]
    values[0] = connection.ops.adapt_datetimefield_value(entry.at)
    with connection.in_turn(), connection.planned() as cursor:
        cursor.execute(ADD, values)
        entry.id = cursor.fetchall()[0][0]
    entry._state.adding, entry._state.db = False, connection.alias


def _hold_writers() -> None:
    # On PostgreSQL the order of ids is not the order of commits: wait until no writer is under way before reading the highest.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("LOCK TABLE audit_seal IN SHARE ROW EXCLUSIVE MODE")


@transaction.atomic
def seal_entries(*, at: datetime) -> Seal | None:
    """Seal every entry since the last seal; return the new seal, or None when there was nothing to seal."""
    _hold_writers()
    last = Seal.objects.order_by("-last_id").first()
    after = last.last_id if last else 0
    marks = list(Entry.objects.filter(id__gt=after).order_by("id").values_list("id", "mac"))
    if not marks:
        return None
    seal = Seal(first_id=after + 1, last_id=marks[-1][0], count=len(marks), previous=last.hmac if last else ORIGIN, at=at)
    seal.hmac = seal_hmac(seal, marks)
    seal.save(force_insert=True)
    return seal


@transaction.atomic
def purge_sealed(*, before: datetime, reason: str, at: datetime) -> int:
    """Remove the entries of every whole seal made before a moment (access log: 5 years); return how many. Seals stay."""
    gone = 0
    for seal in Seal.objects.filter(at__lt=before).order_by("last_id"):
        if not Purge.objects.filter(first_id=seal.first_id, last_id=seal.last_id).exists():
            Purge.objects.create(first_id=seal.first_id, last_id=seal.last_id, reason=reason, at=at)
            gone += Entry.objects.filter(id__range=(seal.first_id, seal.last_id)).delete()[0]
    return gone

"""Prove the record, and read it: who looked at whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from .models import Entry, Event, Purge, Seal
from .proof import ORIGIN, entry_mac, seal_hmac


@dataclass
class Verdict:
    """What verification found: numbers, the newest seal, and the first thing that is broken ("" when nothing is)."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    newest: str = ""
    broken: str = ""
    purged: set[int] = field(default_factory=set)


def _check_range(seal: Seal, verdict: Verdict) -> str:
    marks = []
    for entry in Entry.objects.filter(id__range=(seal.first_id, seal.last_id)).order_by("id").iterator(2000):
        if entry.mac != entry_mac(entry):
            return f"entry {entry.id} ({entry.verb}) was changed"
        marks.append((entry.id, entry.mac))
    verdict.entries += len(marks)
    if len(marks) != seal.count:
        return f"seal {seal.id} (entries {seal.first_id}-{seal.last_id}): {len(marks)} entries instead of {seal.count}"
    if seal.hmac != seal_hmac(seal, marks):
        return f"seal {seal.id} (entries {seal.first_id}-{seal.last_id}) does not fit its entries"
    return ""


def _check_tail(after: int, verdict: Verdict) -> str:
    for entry in Entry.objects.filter(id__gt=after).order_by("id").iterator(2000):
        if entry.mac != entry_mac(entry):
            return f"entry {entry.id} ({entry.verb}) was changed"
        verdict.unsealed += 1
    return ""


def verify() -> Verdict:
    """Read the whole record again and return the first thing that is broken, if any; purged ranges count as proven by their seal."""
    verdict = Verdict()
    removed = set(Purge.objects.values_list("first_id", "last_id"))
    previous, after = ORIGIN, 0
    for seal in Seal.objects.order_by("last_id").iterator():
        verdict.seals += 1
        if seal.previous != previous or seal.first_id != after + 1:
            verdict.broken = f"seal {seal.id} does not follow the seal before it: a seal was removed or changed"
        elif (seal.first_id, seal.last_id) not in removed:
            verdict.broken = _check_range(seal, verdict)
        if verdict.broken:
            return verdict
        previous, after = seal.hmac, seal.last_id
    verdict.newest = previous
    verdict.broken = _check_tail(after, verdict)
    return verdict


def openings_of(*, dossier_ids: list[int], since: datetime | None = None) -> QuerySet[Entry]:
    """Return who opened these dossiers, newest first: openings and emergency access, not the lists in which they stood."""
    found = Entry.objects.filter(dossier_id__in=dossier_ids, event__in=[Event.READ, Event.EMERGENCY]).order_by("-id")
    return found.filter(at__gte=since) if since else found


def emergencies(*, municipality_ids: list[int]) -> QuerySet[Entry]:
    """Return every emergency access in these municipalities, newest first."""
    return Entry.objects.filter(event=Event.EMERGENCY, municipality_id__in=municipality_ids).order_by("-id")


def newest_seals(*, limit: int = 20) -> Iterator[Seal]:
    """Return the newest seals, for the privacy page and the backup."""
    return Seal.objects.order_by("-last_id")[:limit].iterator()

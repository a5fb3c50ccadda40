"""Erasing: what was said about a resident at a handover."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.access.models import Dossier
from nabij.handover.models import HandoverItem

ERASED = "-"


@step
def erase_handovers(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty what colleagues wrote about this resident when handing over; that it was handed over stays. Returns how many."""
    rows = list(HandoverItem.objects.filter(dossier=dossier))
    for item in rows:
        item.words, item.answer = "", ERASED if item.answer else ""
        item.told_because = ERASED if item.told_because else ""
        raise_version(item)
        item.save(update_fields=["words", "answer", "told_because", "version"])
    return len(rows)

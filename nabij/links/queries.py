"""Reads of links: which one works now, and what a resident is told about theirs."""

from datetime import datetime
from typing import Any

from nabij.access.models import Dossier

from .models import Link


def live_link(*, kind: str, subject: str, at: datetime) -> Link | None:
    """Return the working link of a purpose for a record, or None."""
    return Link.objects.live(at).filter(kind=kind, subject=subject).first()


def export_links(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return which links were made for this resident, oldest first (GDPR art. 15); never a secret."""
    rows = Link.objects.filter(dossier__root_id=dossier.root_id).order_by("made_at", "pk")
    return list(rows.values("kind", "made_at", "expires_at", "used_at", "ended_at"))

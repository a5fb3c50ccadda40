"""What a privacy officer does with a whole dossier: erase it, or hand out a copy."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier, Role, Scope
from nabij.audit.models import Event
from nabij.commitments.models import Commitment
from nabij.core.errors import Absent, Refused
from nabij.upkeep.lists import ROOMS
from nabij.upkeep.queries import family

OFFICER = {Role.PRIVACY_OFFICER: Scope.CONTROLLER}


def _own_organisation(actor: Actor, dossier: Dossier) -> None:
    """Refuse another organisation's dossier, or an erased one, as if it did not exist. Raises Absent."""
    houses = {seat.controller_id for seat in actor.memberships if seat.function == Role.PRIVACY_OFFICER}
    if dossier.erased_at or not (actor.is_system or dossier.controller_id in houses):
        raise Absent


@action("upkeep.erase", allow=OFFICER, event=Event.REMOVE)
def erase_dossier(*, actor: Actor, at: datetime, dossier: Dossier, reason: str = "") -> Dossier:
    """Erase a dossier with everything merged into it: names, texts, files and who reported go; an anonymous skeleton stays.

    GDPR art. 17 and the keeping terms. A privacy officer does this, never the sweep. Raises Refused: legal hold, something still open,
    merged into another, or before its day without a reason. Raises Absent: another organisation, or erased already.
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    _own_organisation(actor, dossier)
    if dossier.root_id != dossier.pk:
        raise Refused(_("This dossier was merged into another. Erase that one, or undo the merge first."))
    rows = family(dossier=dossier)
    if any(row.legal_hold for row in rows):
        raise Refused(_("This dossier must be kept: a legal hold is on it. Lift the hold first."))
    if Commitment.objects.open().filter(dossier__in=rows).exists():
        raise Refused(
            _("Something is still open for this resident. Finish it first, so that nobody loses sight of it.")
        )
    keep_until = max(row.erase_on for row in rows)
    if keep_until > actor.on and not reason.strip():
        raise Refused(
            _("The keeping time runs until %(day)s. Write why it is erased before.")
            % {"day": f"{keep_until:%d-%m-%Y}"},
            field="reason",
        )
    for row in rows:
        _empty(actor, at, row)
    dossier.refresh_from_db()
    return dossier


def _empty(actor: Actor, at: datetime, dossier: Dossier) -> None:
    dossier.erased_at = at  # first: a case shared with others is kept only for dossiers that are still there
    raise_version(dossier)
    dossier.save(update_fields=["erased_at", "version"])
    for room in ROOMS:
        room.erase(actor=actor, at=at, dossier=dossier)


@dataclass(frozen=True)
class SubjectCopy:
    """All that is kept about one resident, room by room; `dossier` tells the audit whose it is."""

    dossier: Dossier
    at: datetime
    rooms: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@action("upkeep.export", allow=OFFICER, event=Event.COPY)
def export_dossier(*, actor: Actor, at: datetime, dossier: Dossier) -> SubjectCopy:
    """Make a copy of all that is kept about a resident, for their own reading (GDPR art. 15, within one month).

    Who reported is not in it, unless the reporter said that it may be told. Names of other residents inside free text stay: read it
    through before it is handed over. Raises Absent: another organisation, or erased.
    """
    _own_organisation(actor, dossier)
    return SubjectCopy(dossier, at, {room.room: room.export(dossier=dossier) for room in ROOMS})

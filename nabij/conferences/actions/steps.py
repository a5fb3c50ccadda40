"""What several actions of conferences do."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actions import end_grant, end_sharing
from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.commitments.models import Commitment
from nabij.conferences.models import Conference, Opening
from nabij.core.errors import Refused

Part = Conference.Part


@step
def still_to_come(*, actor: Actor, at: datetime, conference: Conference) -> Commitment:
    """Return the commitment of a conference, held until the end of this action. Raises Refused when it was held or cancelled."""
    rows = Commitment.objects.select_for_update()
    commitment = rows.get(pk=conference.pk)
    if not commitment.is_open:
        raise Refused(_("This conference was held or cancelled already."))
    conference.commitment = commitment
    return commitment


@step
def end_openings(*, actor: Actor, at: datetime, conference: Conference, participant_id: int | None = None) -> int:
    """Close again what was opened for colleagues from elsewhere: of one of them, or of all. Returns how many dossiers."""
    rows = Opening.objects.filter(participant__conference=conference).select_related("grant", "sharing")
    if participant_id is not None:
        rows = rows.filter(participant_id=participant_id)
    running = [row for row in rows if row.ended_at is None]
    for row in running:
        if row.grant:
            end_grant(actor=actor, at=at, grant=row.grant)
        elif row.sharing:
            end_sharing(actor=actor, at=at, sharing=row.sharing)
    return len(running)


@step
def check_resident_part(*, actor: Actor, at: datetime, part: str, why: str) -> None:
    """Refuse a conference that does not say what the resident knows of it. Raises Refused."""
    if part not in Part.values:
        raise Refused(_("Say whether the resident is there or was told."), field="resident_part")
    if part == Part.NOT_INFORMED and not why.strip():
        raise Refused(_("Say why the resident was not told."), field="resident_why")

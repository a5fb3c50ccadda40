"""What the acts of a track share: it is open, it is kept here, it counts its changes."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.commitments.clock import end_of
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused
from nabij.wmo.models import Track


@step
def open_track(*, actor: Actor, at: datetime, track: Track, here: bool = True) -> Commitment:
    """Return the commitment of an open track, held until the end of this action. Raises Refused: finished, or kept in another system."""
    commitment = Commitment.objects.select_for_update().get(pk=track.pk)
    if not commitment.is_open:
        raise Refused(_("This track is finished."))
    if here and not track.kept_here:
        raise Refused(_("This track is kept in %(system)s. Write it down there.") % {"system": track.system})
    track.commitment = commitment
    return commitment


@step
def change_track(*, actor: Actor, at: datetime, track: Track, **facts: Any) -> Track:
    """Write facts on a track and count the change."""
    for name, value in facts.items():
        setattr(track, name, value)
    raise_version(track)
    track.save(update_fields=[*facts, "version"])
    return track


@step
def move_term(*, actor: Actor, at: datetime, track: Track) -> date:
    """Put the end of the running term on the commitment, so that every list shows the right number of days. Returns it."""
    fresh = Track.objects.prefetch_related("moves").get(pk=track.pk)
    Commitment.objects.filter(pk=track.pk).update(term_at=end_of(fresh.runs_until))
    return fresh.runs_until

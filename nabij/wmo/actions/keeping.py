"""Where tracks are kept, and their emptying at the end."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import Scope, action, raise_version, step
from nabij.access.models import Dossier, Municipality, Role
from nabij.core.errors import Refused
from nabij.wmo.models import Keeping, Move, Topic, Track
from nabij.wmo.queries import keeping_of

GONE = "-"


@action("wmo.keep", allow={Role.ADMINISTRATOR: Scope.MUNICIPALITY})
def keep_elsewhere(*, actor: Actor, at: datetime, municipality: Municipality, here: bool, system: str = "") -> Keeping:
    """Say where tracks are kept that start from now on: here, or in another system by name. What runs stays where it is.

    Raises Refused: elsewhere without a name. Raises Absent: a municipality that this administrator does not keep in order.
    """
    actor.stay_in(municipality.pk)
    if not here and not system.strip():
        raise Refused(_("What is the other system called?"), field="system")
    keeping = keeping_of(municipality_id=municipality.pk)
    if keeping.pk:
        raise_version(keeping)
    keeping.here, keeping.system = here, "" if here else system.strip()
    keeping.save()
    return keeping


@step
def erase_tracks(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty the words of the tracks of this resident; dates, grounds and answers stay. Returns how many tracks."""
    tracks = Track.objects.filter(commitment__dossier=dossier)
    Topic.objects.filter(track__in=tracks).update(words="")
    Move.objects.filter(track__in=tracks).exclude(ground=Move.Ground.OTHER).update(words="", told_how=GONE)
    Move.objects.filter(track__in=tracks, ground=Move.Ground.OTHER).update(words=GONE, told_how=GONE)
    tracks.filter(result_on__isnull=False).update(result_words=GONE)
    tracks.filter(urgent_on__isnull=False).update(urgent_what=GONE)
    tracks.filter(confirmed_on__isnull=False).update(confirmed_how=GONE)
    return tracks.update(reference="", end_reason="")

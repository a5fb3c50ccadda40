"""What a colleague says about a pair: to look at, or not the same person."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import Absent, action, raise_version
from nabij.access.models import Dossier
from nabij.duplicates.models import Pair
from nabij.duplicates.pointing import both_open
from nabij.duplicates.weighing import Weigher

from .merging import MERGES


@action("duplicates.look_at", allow=MERGES, on="dossier")
def look_at(*, actor: Actor, at: datetime, dossier: Dossier, other: Dossier) -> Pair:
    """Lay two dossiers side by side, whatever the command found. Raises Absent: not for this actor, another organisation, or one and the same."""
    ids = sorted({dossier.root_id, other.root_id})
    if len(ids) < 2 or dossier.controller_id != other.controller_id or not both_open(actor=actor, ids=ids):
        raise Absent
    weigher = Weigher()
    lines = dict(weigher.store.traits(ids))
    probability, levels = weigher.weigh(lines[ids[0]], lines[ids[1]]) if len(lines) == 2 else (0.0, ())
    found = {"probability": probability, "levels": list(levels), "mark": weigher.mark(lines.get(ids[0]), lines.get(ids[1])), "found_at": at}
    pair, fresh = Pair.objects.get_or_create(one_id=ids[0], two_id=ids[1], defaults=found)
    if not fresh and pair.state != Pair.State.NEW:
        pair.state = Pair.State.NEW
        raise_version(pair)
        pair.save(update_fields=["state", "version"])
    return pair


@action("duplicates.different", allow=MERGES, on="pair")
def call_different(*, actor: Actor, at: datetime, pair: Pair) -> Pair:
    """Say that these are two persons: not proposed again until what is known of either changes. Raises Absent: one is not for this actor."""
    if not both_open(actor=actor, ids=pair.about_dossiers):
        raise Absent
    pair.state, pair.decided_at, pair.decided_by_id = Pair.State.DIFFERENT, at, actor.acting_in(pair.one.team_id)
    raise_version(pair)
    pair.save()
    return pair

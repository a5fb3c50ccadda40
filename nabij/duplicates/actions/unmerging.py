"""Undo a merge, or let more colleagues into what was merged."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import Absent, action, raise_version
from nabij.access.models import Dossier, Grant, Role, Scope
from nabij.audit.models import Event
from nabij.core.errors import Refused
from nabij.duplicates.models import Merge, Pair
from nabij.duplicates.pointing import both_open, family_of, point_anew
from nabij.residents.linkage import renew
from nabij.residents.models import Address, Resident

from .merging import MERGES

TABLES: dict[str, type[Resident] | type[Address]] = {"resident": Resident, "address": Address}


@action("duplicates.unmerge", allow=MERGES, on="merge", event=Event.MERGE)
def unmerge(*, actor: Actor, at: datetime, merge: Merge) -> Merge:
    """Undo a merge: the other dossier stands by itself again, with all it had. What was recorded since stays on the dossier chosen then.

    A field that was chosen at the merge goes back, unless somebody changed it since. Merges of a chain are undone in any order.
    Raises Absent: not for this actor. Raises Refused: undone already.
    """
    if not both_open(actor=actor, ids=[merge.kept_id, merge.other_id]):
        raise Absent
    if merge.undone_at is not None:
        raise Refused(_("This merge was undone already."))
    family = family_of(Dossier.objects.get(pk=merge.kept_id).root_id or merge.kept_id)
    merge.undone_at, merge.undone_by_id = at, actor.acting_in(merge.kept.team_id)
    raise_version(merge)
    merge.save(update_fields=["undone_at", "undone_by", "version"])
    Grant.objects.filter(pk__in=merge.grants).delete()
    _put_back(merge)
    point_anew(family)
    for side in Dossier.objects.filter(pk__in=[merge.kept_id, merge.other_id]):
        renew(dossier=side, on=actor.on)
    first, second = sorted([merge.kept_id, merge.other_id])
    # a person said that they are two: not proposed again until what is known changes
    Pair.objects.filter(one_id=first, two_id=second).update(state=Pair.State.DIFFERENT, decided_at=at, decided_by=merge.undone_by_id)
    return merge


@action("duplicates.widen", allow={Role.LEAD: Scope.TEAM, Role.WORKER: Scope.TEAM}, on="merge")
def widen(*, actor: Actor, at: datetime, merge: Merge) -> Merge:
    """Open what was merged to everybody who may open the dossier that stayed, and to who was given access to either.

    House, section 4: the narrower access wins until a person widens it. Raises Absent: not for this actor, or undone.
    """
    if merge.undone_at is not None or not both_open(actor=actor, ids=[merge.kept_id, merge.other_id]):
        raise Absent
    merge.narrow_from = None
    raise_version(merge)
    merge.save(update_fields=["narrow_from", "version"])
    point_anew(family_of(Dossier.objects.get(pk=merge.kept_id).root_id or merge.kept_id))
    return merge


def _put_back(merge: Merge) -> None:
    """Put back what the merge changed and nobody changed since; a later merge that built on it learns what stood there before."""
    later = list(Merge.objects.running().filter(pk__gt=merge.pk, kept_id=merge.kept_id).order_by("pk"))
    for row, fields in merge.before.items():
        table, _colon, pk = row.partition(":")
        for name, (old, new) in fields.items():
            heir = next((one for one in later if name in one.before.get(row, {})), None)
            if heir is not None:
                heir.before[row][name][0] = old
                heir.save(update_fields=["before"])
            else:
                _set_back(TABLES[table], int(pk), name, old, new)


def _set_back(table: type[Resident] | type[Address], pk: int, name: str, old: Any, new: Any) -> None:
    table._default_manager.filter(pk=pk, **({f"{name}__isnull": True} if new is None else {name: new})).update(**{name: old})

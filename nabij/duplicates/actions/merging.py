"""Merge two dossiers: a pointer, a choice per field that differs, and the narrower access."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from nabij.access.actions import give_grant
from nabij.access.actor import Actor
from nabij.access.doors import Absent, action, raise_version
from nabij.access.models import Dossier, Grant, Membership, Role, Scope
from nabij.audit.models import Event
from nabij.commitments.models import Commitment
from nabij.commitments.queries import may_open
from nabij.core.errors import Refused
from nabij.duplicates.facing import ADDRESS, GROUPS, LIVES, in_words, values_of
from nabij.duplicates.models import Merge, Pair
from nabij.duplicates.pointing import both_open, family_of, point_anew
from nabij.residents.linkage import renew
from nabij.residents.models import Address, Resident

MERGES = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM}
Changes = dict[str, dict[str, list[Any]]]


@action("duplicates.merge", allow=MERGES, on="pair", event=Event.MERGE)
def merge(
    *, actor: Actor, at: datetime, pair: Pair, keep: Dossier, reason: str, choices: dict[str, str] | None = None, widen: bool = False
) -> Merge:
    """Merge the two dossiers of a pair: `keep` stays, the other is shown as it. No row moves; it can be undone at any later time.

    `choices`: by group (name, birth, address ...) the ref of the dossier whose value is shown. Only who could open both opens it from now
    on, until `widen`. Raises Absent: one of them is not for this actor, or of another organisation. Raises Refused: merged already, no
    reason, the restricted one would not stay, or somebody who has open work here would lose access.
    """
    sides = {row.pk: row for row in Dossier.objects.select_for_update().filter(pk__in=[pair.one_id, pair.two_id])}
    other = next((row for row in sides.values() if row.pk != keep.pk), None)
    if keep.pk not in sides or other is None or not both_open(actor=actor, ids=sides):
        raise Absent
    keep = sides[keep.pk]
    _check(keep, other, reason)
    done = Merge(kept=keep, other=other, at=at, by_id=actor.acting_in(keep.team_id), reason=reason.strip(), choices=choices or {})
    owners = _owners([*family_of(keep.pk), *family_of(other.pk)])
    done.before = _choose(keep, other, choices or {}, at, actor)
    done.narrow_from = None if widen else Grant.objects.aggregate(newest=Max("pk"))["newest"] or 0
    done.save()
    point_anew([*family_of(keep.pk), *family_of(other.pk)])
    done.grants = _let_in(actor, at, keep, owners, widen=widen)
    done.save(update_fields=["grants"])
    for side in (keep, other):
        renew(dossier=side, on=actor.on)
    _decided(pair, actor, at)
    return done


def _check(keep: Dossier, other: Dossier, reason: str) -> None:
    if keep.controller_id != other.controller_id:
        raise Absent
    if keep.root_id != keep.pk or other.root_id != other.pk:
        raise Refused(_("One of these dossiers was merged already. Look at the list again."))
    if other.restricted and not keep.restricted:
        raise Refused(_("One of these dossiers is restricted. That one must stay, so that nothing of it becomes open."), field="keep")
    if not reason.strip():
        raise Refused(_("Write how you know that this is one person."), field="reason")


def _owners(family: list[int]) -> list[Membership]:
    """Return who answers for open work here, each once."""
    ids = Commitment.objects.open().filter(dossier_id__in=family).values("owner_id")
    return list(Membership.objects.filter(pk__in=ids).select_related("worker").order_by("pk"))


def _let_in(actor: Actor, at: datetime, keep: Dossier, owners: list[Membership], *, widen: bool) -> list[int]:
    """Give access to who answers for open work and could open one side only, when access is widened; else refuse the merge."""
    outside = [owner for owner in owners if not may_open(member=owner, dossier_id=keep.pk, at=at)]
    if outside and not widen:
        names = ", ".join(sorted({owner.worker.name for owner in outside}))
        raise Refused(
            _("%(names)s answers for open work here and could not open it any more. Widen the access, or hand that work over first.") % {"names": names},
            field="widen",
        )
    kind, before = Grant.Kind.RESTRICTED if keep.restricted else Grant.Kind.CASEWORK, set(Grant.objects.filter(dossier=keep).values_list("pk", flat=True))
    given = [
        give_grant(actor=actor, at=at, dossier=keep, worker=owner.worker, kind=kind, purpose="casework", basis="Wmo 2015 art. 5.1.1").pk for owner in outside
    ]
    return sorted({pk for pk in given if pk not in before})


def _choose(keep: Dossier, other: Dossier, choices: dict[str, str], at: datetime, actor: Actor) -> Changes:
    """Show the chosen value on the dossier that stays; return what changed, so that it can be put back exactly."""
    people = Resident.objects.in_bulk([keep.pk, other.pk])
    if len(people) < 2:
        raise Absent
    mine, theirs = people[keep.pk], people[other.pk]
    changed: dict[str, list[Any]] = {}
    for group in GROUPS:
        chosen = choices.get(group) or (keep.ref if in_words(group, mine) else other.ref)
        if chosen == other.ref:
            old, new = values_of(group, mine), values_of(group, theirs)
            changed |= {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    if changed:
        Resident.objects.filter(pk=keep.pk).update(**{name: new for name, (_old, new) in changed.items()})
    rows: Changes = {f"resident:{keep.pk}": changed} if changed else {}
    if choices.get(ADDRESS):
        rows |= _move(other if choices[ADDRESS] == keep.ref else keep, actor)
    return rows


def _move(left: Dossier, actor: Actor) -> Changes:
    """End the home that was not chosen, yesterday: both stay in the history."""
    running = Q(until_on__isnull=True) | Q(until_on__gte=actor.on)
    rows: Changes = {}
    for home in Address.objects.filter(running, dossier=left, kind__in=LIVES):
        until = max(home.from_on, actor.on - timedelta(days=1))
        rows[f"address:{home.pk}"] = {"until_on": [home.until_on and home.until_on.isoformat(), until.isoformat()]}
        Address.objects.filter(pk=home.pk).update(until_on=until)
    return rows


def _decided(pair: Pair, actor: Actor, at: datetime) -> None:
    pair.state, pair.decided_at, pair.decided_by_id = Pair.State.MERGED, at, actor.acting_in(pair.one.team_id)
    raise_version(pair)
    pair.save()

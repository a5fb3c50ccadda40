"""Reads of the network: the ties with how the carers are doing, who lives together, and what a resident may ask to read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.access.queries import fetch
from nabij.core.errors import Absent
from nabij.residents.queries import names_of

from .drawing import Drawing, draw
from .models import CarerLoad, Household, HouseholdMember, Tie

KINDS = list(Tie.Kind)
TOO_MUCH = {CarerLoad.Load.HEAVY, CarerLoad.Load.TOO_MUCH}


@dataclass
class NetworkOf:
    """Everything around one resident, as this reader may see it. `ties`: running, closest first, with `number` and `newest` (CarerLoad)."""

    name: str
    ties: list[Tie] = field(default_factory=list)
    ended: list[Tie] = field(default_factory=list)
    households: list["Home"] = field(default_factory=list)
    drawing: Drawing | None = None

    @property
    def too_heavy(self) -> list[Tie]:
        """Return the carers for whom it was heavy or too much when they were last asked."""
        return [tie for tie in self.ties if tie.newest and tie.newest.load in TOO_MUCH]

    @property
    def carers(self) -> list[Tie]:
        """Return who carries: the main carer, informal carers, and whoever was asked how it goes."""
        return [tie for tie in self.ties if tie.main_carer or tie.kind == Tie.Kind.CARER or tie.newest]


@dataclass
class Home:
    """One household of this resident, the running one first. `own`: their own row in it."""

    household: Household
    own: HouseholdMember
    members: list[HouseholdMember] = field(default_factory=list)


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that this actor may open, with its team and root. Raises Absent."""
    return fetch(Dossier.objects.select_related("team", "controller"), actor=actor, ref=ref)


def tie_at(*, actor: Actor, ref: str) -> Tie:
    """Return one tie with its dossier. Raises Absent: its dossier is not for this actor."""
    return fetch(Tie.objects.select_related("dossier__team", "dossier__controller", "other"), actor=actor, ref=ref)


def member_at(*, actor: Actor, ref: str) -> HouseholdMember:
    """Return one row of a household, with its dossier. Raises Absent."""
    return fetch(HouseholdMember.objects.select_related("dossier__team", "household"), actor=actor, ref=ref)


def network_of(*, actor: Actor, dossier: Dossier) -> NetworkOf:
    """Return the network of one resident: ties, carers, households, picture. Merged dossiers together.

    A tie to somebody with a dossier of their own carries `known` (ref, name) only when this actor may open that one; else nothing shows it.
    Seven queries at most, whatever the size.
    """
    rows = list(Tie.objects.visible_to(actor).filter(dossier__root_id=dossier.root_id).order_by("pk"))
    _add_loads(rows)
    members = _members(actor, dossier)
    others = {row.other_id for row in rows if row.other_id} | {member.dossier_id for member in members}
    open_to_me = dict(Dossier.objects.visible_to(actor).filter(pk__in=others).values_list("pk", "ref")) if others else {}
    names = names_of(dossier_ids={dossier.pk, dossier.root_id, *open_to_me})
    for row in rows:
        row.known = (open_to_me[row.other_id], names.get(row.other_id, "")) if row.other_id in open_to_me else None
    found = NetworkOf(names.get(dossier.root_id) or names.get(dossier.pk, ""))
    found.ties = sorted((row for row in rows if row.until_on is None), key=_nearness)
    found.ended = sorted((row for row in rows if row.until_on), key=lambda row: (row.until_on, row.pk), reverse=True)
    for number, row in enumerate(found.ties, 1):
        row.number = number
    found.households = _homes(dossier, members, names)
    found.drawing = draw(found.ties)
    return found


def _nearness(tie: Tie) -> tuple[int, int, int, int]:
    return (tie.ring or 9, KINDS.index(Tie.Kind(tie.kind)), -tie.strength, tie.pk)


def _add_loads(rows: list[Tie]) -> None:
    """Give each tie its answers about the load, newest first."""
    loads: dict[int, list[CarerLoad]] = defaultdict(list)
    for load in CarerLoad.objects.filter(tie__in=[row.pk for row in rows]).select_related("by__worker").order_by("-asked_on", "-pk"):
        loads[load.tie_id].append(load)
    for row in rows:
        row.asked = loads[row.pk]
        row.newest = next(iter(loads[row.pk]), None)


def _members(actor: Actor, dossier: Dossier) -> list[HouseholdMember]:
    """Return every row of this resident's households that this actor may see, in one query."""
    own = HouseholdMember.objects.filter(dossier__root_id=dossier.root_id, themselves=True)
    rows = HouseholdMember.objects.visible_to(actor).filter(household_id__in=own.values("household_id"))
    return list(rows.select_related("household", "dossier").order_by("-themselves", "from_on", "pk"))


def _homes(dossier: Dossier, members: list[HouseholdMember], names: dict[int, str]) -> list[Home]:
    homes: dict[int, Home] = {}
    for row in members:
        row.is_own = row.themselves and row.dossier.root_id == dossier.root_id
        row.shown_name = names.get(row.dossier_id, "") if row.themselves else row.name
        if row.is_own and row.household_id not in homes:
            homes[row.household_id] = Home(row.household, row)
    for row in members:
        home = homes.get(row.household_id)
        if home and row is not home.own:
            home.members.append(row)
    return sorted(homes.values(), key=lambda home: (home.own.until_on is not None, -home.own.pk))


def running_home(*, dossier: Dossier) -> Household | None:
    """Return the household in which a resident lives now, the newest when there are two; nothing when none was written down."""
    row = HouseholdMember.objects.filter(dossier__root_id=dossier.root_id, themselves=True, until_on__isnull=True).select_related("household").order_by("-pk").first()
    return row.household if row else None


def known_dossier(*, actor: Actor, dossier: Dossier, ref: str) -> Dossier:
    """Return the other dossier a tie or household points at: of the same organisation, open to this actor, not the same person. Raises Absent."""
    other = dossier_at(actor=actor, ref=ref)
    if other.controller_id != dossier.controller_id or other.root_id == dossier.root_id:
        raise Absent
    return other


def overloaded_carers(*, dossier_ids: Iterable[int]) -> dict[int, list[Tie]]:
    """Return by dossier the running ties of carers for whom it was heavy or too much when last asked. Two queries.

    For whoever asks the own network: it is not asked when the carer can do no more (domain, support ladder).
    """
    here = Tie.objects.filter(dossier__root__merged__in=list(dossier_ids), until_on__isnull=True, loads__isnull=False)
    rows = list(here.annotate(asked_of=F("dossier__root__merged")).distinct().order_by("pk"))
    _add_loads(rows)
    found: dict[int, list[Tie]] = defaultdict(list)
    for row in rows:
        if row.newest.load in TOO_MUCH:
            found[row.asked_of].append(row)
    return dict(found)


def household_of(*, actor: Actor, dossier: Dossier, on: date) -> list[Dossier]:
    """Return the other residents who live with this one on a day and whom this actor may open. Living together gives no right."""
    own = HouseholdMember.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), dossier__root_id=dossier.root_id, themselves=True, from_on__lte=on)
    rows = HouseholdMember.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), household_id__in=own.values("household_id"), themselves=True, from_on__lte=on
    )
    return list(Dossier.objects.visible_to(actor).filter(pk__in=rows.values("dossier_id")).exclude(root_id=dossier.root_id).order_by("pk"))


def export_network(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return what stands here about one resident: who is around them and with whom they live (GDPR art. 15).

    Other people's data stay theirs (art. 15.4): not how to reach them, not how a carer said it goes, not who else has a dossier.
    """
    here = {"dossier__root_id": dossier.root_id}
    ties = [
        {
            "kind": row.kind, "name": row.name, "relation": row.relation, "closeness": row.ring, "strength": row.strength, "does": row.does,
            "agreed": row.word, "main_carer": row.main_carer, "since": row.since_on, "until": row.until_on, "ended_because": row.ended_why,
        }
        for row in Tie.objects.filter(**here).order_by("recorded_at", "pk")
    ]  # fmt: skip
    asked = [{"kind": "carer_asked", "on": row.asked_on} for row in CarerLoad.objects.filter(**here).order_by("asked_on", "pk")]
    homes = HouseholdMember.objects.filter(**here).order_by("from_on", "pk")
    living = [{"kind": "household", "name": row.name, "relation": row.relation, "from": row.from_on, "until": row.until_on} for row in homes]
    return ties + asked + living

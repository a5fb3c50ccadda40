"""Reads of duplicates: what waits, two side by side, what was merged, who was erased."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.access.queries import fetch
from nabij.commitments.models import Commitment
from nabij.contacts.queries import last_contact
from nabij.linkage import Person
from nabij.residents.linkage import person_of
from nabij.residents.models import Address, Resident
from nabij.residents.queries import Candidate, answer_for, names_of

from .facing import LIVES, Line, side_by_side
from .gone import marks_of
from .models import Gone, Merge, Pair

AT_ONCE = 50


@dataclass(frozen=True)
class Side:
    """One of two dossiers as the review page shows it."""

    dossier: Dossier
    name: str
    last_contact: datetime | None
    open_work: list[Commitment]


@dataclass(frozen=True)
class Facing:
    """A pair with both sides, line by line."""

    pair: Pair
    sides: list[Side]
    lines: list[Line]


def pairs_to_look_at(*, actor: Actor) -> list[tuple[Pair, str, str]]:
    """Return the likeliest pairs of which this actor may open both, with both names; what was merged meanwhile is left out."""
    rows = Pair.objects.visible_to(actor).filter(state=Pair.State.NEW, one__root_id=F("one_id"), two__root_id=F("two_id"))
    found = list(rows.select_related("one__team", "two__team").order_by("-probability", "pk")[:AT_ONCE])
    names = names_of(dossier_ids={pk for pair in found for pk in pair.about_dossiers})
    return [(pair, names.get(pair.one_id, ""), names.get(pair.two_id, "")) for pair in found]


def pair_at(*, actor: Actor, ref: str) -> Pair:
    """Return one pair of which this actor may open both. Raises Absent."""
    return fetch(Pair.objects.select_related("one__team", "two__team", "one__controller"), actor=actor, ref=ref)


def merge_at(*, actor: Actor, ref: str) -> Merge:
    """Return one merge of what this actor may open. Raises Absent."""
    return fetch(Merge.objects.select_related("kept__team", "kept__root", "other__team", "by__worker"), actor=actor, ref=ref)


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that this actor may open; of a merged one what it was merged into. Raises Absent."""
    return fetch(Dossier.objects.select_related("team"), actor=actor, ref=ref)


def facing(*, actor: Actor, pair: Pair) -> Facing:
    """Return both sides of a pair as they stand by themselves, and what is equal or differs."""
    ids = pair.about_dossiers
    people = Resident.objects.in_bulk(ids)
    homes = tuple([row for row in _homes(ids, actor.on) if row.dossier_id == pk] for pk in ids)
    lines = side_by_side(people=(people[ids[0]], people[ids[1]]), homes=homes) if len(people) == 2 else []  # type: ignore[arg-type]
    seen, names = last_contact(dossier_ids=ids), own_names(dossier_ids=ids)
    work: dict[int, list[Commitment]] = {pk: [] for pk in ids}
    rows = Commitment.objects.open().known_to(actor).filter(dossier__root_id__in=ids).select_related("owner__worker", "team", "dossier").order_by("due_at")
    for row in rows:
        work[row.dossier.root_id].append(row)
    sides = [Side(side, names.get(side.pk, ""), seen.get(side.pk), work[side.pk]) for side in (pair.one, pair.two)]
    return Facing(pair, sides, lines)


def own_names(*, dossier_ids: list[int]) -> dict[int, str]:
    """Return the names as they stand in each dossier itself, merged or not. Rights were looked at by who asks."""
    return {row.pk: row.display_name for row in Resident.objects.filter(pk__in=dossier_ids)}


def merges_of(*, actor: Actor, dossier: Dossier) -> list[tuple[Merge, str, str]]:
    """Return what was merged into what a page shows as one, the newest first, with the names of both."""
    rows = list(Merge.objects.visible_to(actor).running().filter(kept__root_id=dossier.root_id).select_related("by__worker", "other__team").order_by("-at", "-pk"))
    names = own_names(dossier_ids=[pk for row in rows for pk in row.about_dossiers])
    return [(row, names.get(row.kept_id, ""), names.get(row.other_id, "")) for row in rows]


def alike(*, actor: Actor, dossier: Dossier, limit: int = 5) -> list[Candidate]:
    """Return who else could be this resident, the likeliest first: only whom this actor may open."""
    resident = Resident.objects.filter(pk=dossier.root_id).first()
    if resident is None:
        return []
    answer = answer_for(actor=actor, people=[person_of(resident, _homes([dossier.pk], actor.on), on=actor.on)], limit=limit + 1)
    return [one for one in answer.candidates if one.resident.pk != dossier.root_id and one.resident.dossier.controller_id == dossier.controller_id][:limit]


def erased_before(*, controller_id: int, person: Person, numbers: list[list[str]] | None = None, fingerprint: str = "") -> date | None:
    """Return on which day a person was erased in this organisation, or None: by keyed hash only, no name is kept (asks.md 23)."""
    marks = marks_of(person, controller_id=controller_id, numbers=numbers or [], fingerprint=fingerprint)
    found = Gone.objects.filter(controller_id=controller_id, mark__in=marks).order_by("-erased_on").first()
    return found.erased_on if found else None


def export_duplicates(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return what was merged about this resident and when, for subject access (GDPR art. 15)."""
    rows = Merge.objects.filter(Q(kept__root_id=dossier.root_id) | Q(other__root_id=dossier.root_id)).order_by("pk")
    return [{"kind": "merge", "at": row.at, "reason": row.reason, "undone_at": row.undone_at} for row in rows]


def _homes(ids: list[int], on: date) -> list[Address]:
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return list(Address.objects.filter(running, dossier_id__in=ids, kind__in=LIVES).order_by("from_on", "pk"))

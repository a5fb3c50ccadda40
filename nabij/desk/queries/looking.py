"""Who looked at whom, emergency access, and whether the record of all this still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Grant, Role, Worker
from nabij.access.queries import fetch
from nabij.audit.models import Entry, Event, Seal
from nabij.audit.queries import emergencies, newest_seals, openings_of
from nabij.core.errors import Absent

PAGE = 50


@dataclass(frozen=True)
class Look:
    """One opening of a dossier: when, in which function, of which organisation. `name` only for the privacy officer."""

    at: datetime
    function: str
    organisation: str
    verb: str
    emergency: bool
    name: str = ""
    dossier_ref: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Looks:
    """One page of openings, newest first."""

    rows: list[Look]
    next_cursor: str


def _function(code: str) -> str:
    words = {"link": _("The resident, on the own page"), "system": _("The system")}
    return words.get(code) or (str(Role(code).label) if code in Role.values else code)


def _page(entries: "Iterable[Entry]", limit: int) -> tuple[list[Entry], str]:
    rows = list(entries)
    return rows[:limit], str(rows[limit - 1].pk) if len(rows) > limit else ""


def _older(found: QuerySet[Entry], after: str) -> QuerySet[Entry]:
    """Return what is older than the entry that an address names; everything when it cannot be read."""
    return found.filter(pk__lt=int(after)) if after.isdecimal() and len(after) < 19 else found


def who_looked(*, actor: Actor, ref: str, after: str = "", limit: int = PAGE) -> tuple[Dossier, Looks]:
    """Return who opened a resident's dossier, by function and organisation: never by name here. Raises Absent."""
    dossier = fetch(Dossier.objects.select_related("resident"), actor=actor, ref=ref)
    return dossier, looks_at(dossiers=[dossier.pk], after=after, limit=limit, named=False)


def looks_at(*, dossiers: list[int], after: str = "", limit: int = PAGE, named: bool) -> Looks:
    """Return the openings of these dossiers, newest first, from an entry on."""
    found = _older(openings_of(dossier_ids=dossiers), after)
    rows, cursor = _page(found[: limit + 1], limit)
    return Looks(_looks(rows, named=named), cursor)


def _looks(entries: list[Entry], *, named: bool) -> list[Look]:
    names = dict(Worker.objects.filter(pk__in={e.actor_id for e in entries if e.actor_id}).values_list("pk", "name")) if named else {}
    return [
        Look(
            at=entry.at,
            function=_function(entry.function),
            organisation=entry.organisation,
            verb=entry.verb,
            emergency=entry.event == Event.EMERGENCY,
            name=names.get(entry.actor_id, ""),
        )
        for entry in entries
    ]


def dossier_for_privacy(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier of the privacy officer's own municipality, to see who looked; it opens nothing else. Raises Absent."""
    dossier = Dossier.objects.filter(ref=ref.strip(), municipality_id__in=actor.municipality_ids, controller_id__in=actor.controller_ids).first()
    if dossier is None:
        raise Absent
    return dossier


def emergency_list(*, actor: Actor, after: str = "", limit: int = PAGE) -> Looks:
    """Return every emergency access in the privacy officer's municipalities, newest first, by name and with the reason."""
    found = _older(emergencies(municipality_ids=actor.municipality_ids), after)
    rows, cursor = _page(found[: limit + 1], limit)
    ids = {entry.dossier_id for entry in rows if entry.dossier_id}
    refs = dict(Dossier.objects.filter(pk__in=ids).values_list("pk", "ref"))
    kept = Grant.objects.filter(kind=Grant.Kind.BREAK_GLASS, dossier_id__in=ids).order_by("pk")
    reasons = {(dossier, worker): reason for dossier, worker, reason in kept.values_list("dossier_id", "worker_id", "reason")}
    looks = _looks(rows, named=True)
    with_why = [
        Look(**{**vars(look), "dossier_ref": refs.get(entry.dossier_id, ""), "reason": reasons.get((entry.dossier_id, entry.actor_id), "")})
        for look, entry in zip(looks, rows, strict=True)
    ]
    return Looks(with_why, cursor)


def seals(*, limit: int = 10) -> list[Seal]:
    """Return the newest seals of the record, newest first."""
    return list(newest_seals(limit=limit))

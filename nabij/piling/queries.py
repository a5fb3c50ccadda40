"""Reads of what piles up: whether it is on, around one resident, and in a team."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_in, agreements_of
from nabij.access.models import Dossier
from nabij.access.queries import fetch
from nabij.residents.queries import names_of

from .facts import Fact, facts_of
from .models import Assessment, Seen

SHOWN = 100


@dataclass(frozen=True)
class Pile:
    """What was written down around one resident. `up`: in enough domains; `new`: facts that nobody has seen yet; `seen`: who looked last."""

    dossier: Dossier
    name: str
    facts: list[Fact]
    domains: list[str]
    up: bool
    new: list[Fact]
    seen: Seen | None


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that this actor may open. Raises Absent."""
    return fetch(Dossier.objects.select_related("team", "municipality__region", "resident"), actor=actor, ref=ref)


def assessment_at(*, actor: Actor, ref: str) -> Assessment:
    """Return an assessment of the actor's own organisation. Raises Absent."""
    return fetch(Assessment.objects.all(), actor=actor, ref=ref)


def assessments(*, actor: Actor) -> list[Assessment]:
    """Return every assessment of the actor's own organisations, the newest first."""
    rows = Assessment.objects.visible_to(actor).select_related("municipality", "controller", "recorded_by__worker", "withdrawn_by__worker")
    return list(rows.order_by("-recorded_at", "-pk"))


def running_for(*, dossier: Dossier) -> Assessment | None:
    """Return the assessment under which this dossier may be looked at; None: it is off."""
    return Assessment.objects.running().filter(municipality_id=dossier.municipality_id, controller_id=dossier.controller_id).first()


def rules(*, actor: Actor) -> list[Assessment]:
    """Return the assessments under which this actor's teams work now; none: it is off."""
    return list(Assessment.objects.running().visible_to(actor))


def since_when(*, on: date, months: int) -> date:
    """Return the first day of a period of so many months that ends on a day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, 28))


def pile_of(*, actor: Actor, dossier: Dossier, rule: Assessment) -> Pile:
    """Return what was written down around one resident, as far as this reader may open it."""
    rows = Dossier.objects.filter(pk=dossier.pk)
    facts = facts_of(actor=actor, dossiers=rows, since=since_when(on=actor.on, months=rule.months), agreements=agreements_of(municipality=dossier.municipality))
    seen = Seen.objects.filter(dossier__root_id=dossier.root_id).select_related("by__worker", "task__commitment").order_by("-at", "-pk").first()
    name = names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "")
    return _pile(dossier, name, facts.get(dossier.root_id, []), rule, seen)


def _pile(dossier: Dossier, name: str, facts: list[Fact], rule: Assessment, seen: Seen | None) -> Pile:
    domains = sorted({fact.name for fact in facts})
    known = set(seen.facts) if seen else set()
    return Pile(dossier, name, facts, domains, len({f.domain for f in facts}) >= rule.domains, [f for f in facts if f.key not in known], seen)


def piles_in_teams(*, actor: Actor) -> list[Pile]:
    """Return around whom of the actor's teams things pile up that nobody has seen, most recent fact first. Nothing where it is off."""
    found: list[Pile] = []
    for rule in Assessment.objects.running().visible_to(actor).select_related("municipality__region"):
        mine = _open(actor).filter(municipality_id=rule.municipality_id, controller_id=rule.controller_id)
        found += _piles(actor, mine, rule)
    return sorted((pile for pile in found if pile.up and pile.new), key=lambda pile: pile.facts[0].on, reverse=True)[:SHOWN]


def _open(actor: Actor) -> "QuerySet[Dossier]":
    return Dossier.objects.visible_to(actor).filter(root__team_id__in=actor.team_ids, resident__deceased_on__isnull=True)


def _piles(actor: Actor, mine: "QuerySet[Dossier]", rule: Assessment) -> list[Pile]:
    since = since_when(on=actor.on, months=rule.months)
    facts = facts_of(actor=actor, dossiers=mine, since=since, agreements=agreements_in(region=rule.municipality.region))
    enough = [root for root, rows in facts.items() if len({fact.domain for fact in rows}) >= rule.domains]
    roots = {row.pk: row for row in Dossier.objects.filter(pk__in=enough).select_related("team")}
    names, seen = names_of(dossier_ids=roots), {}
    for row in Seen.objects.filter(dossier__root_id__in=enough).select_related("by__worker", "dossier").order_by("at", "pk"):
        seen[row.dossier.root_id] = row
    return [_pile(row, names.get(pk, ""), facts[pk], rule, seen.get(pk)) for pk, row in roots.items()]


def export_seen(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return what colleagues said about what piled up around this resident, oldest first (GDPR art. 15)."""
    rows = Seen.objects.filter(dossier__root_id=dossier.root_id).order_by("at", "pk")
    return [{"at": row.at, "follows": row.follows, "words": row.words, "facts": len(row.facts)} for row in rows]

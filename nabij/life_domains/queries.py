"""Reads of life domains: the moments of one resident, their pictures, before and after for who counts outcomes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from nabij.access.actor import Actor
from nabij.access.agreements import ACUTE, Agreements, Domain, agreements_of
from nabij.access.models import Dossier
from nabij.access.queries import fetch
from nabij.residents.queries import names_of

from .models import Moment, Score
from .pictures import Picture, small_multiples


@dataclass
class DomainsOf:
    """The life domains of one resident, as far as this reader may know. `moments`: newest first, each with `rows` (its scores in order)."""

    name: str
    agreements: Agreements
    moments: list[Moment] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    latest: dict[str, Score] = field(default_factory=dict)
    first: dict[str, Score] = field(default_factory=dict)

    @property
    def not_asked(self) -> list[Domain]:
        """Return the domains in use that were never asked about."""
        return [domain for domain in self.agreements.used if domain.key not in self.latest]

    @property
    def acute(self) -> list[Domain]:
        """Return the domains on the lowest step, by whoever scored it last: they ask for a goal."""
        return [d for d in self.agreements.domains if d.key in self.latest and is_acute(score=self.latest[d.key])]

    @property
    def asked(self) -> list[Domain]:
        """Return every domain that was ever asked about, in the region's order; those that are out of use come last."""
        own = [domain for domain in self.agreements.domains if domain.key in self.latest]
        gone = [Domain(key, self.agreements.name(key), used=False) for key in self.latest if key not in {d.key for d in own}]
        return sorted(own, key=lambda domain: not domain.used) + gone


@dataclass(frozen=True)
class Change:
    """One domain of one resident, first and latest. A step is None when nobody gave it at that moment."""

    first_on: date
    latest_on: date
    worker: tuple[int | None, int | None]
    resident: tuple[int | None, int | None]


def is_acute(*, score: Score) -> bool:
    """Tell whether this score stands on the lowest step, by the worker or by the resident."""
    return ACUTE in (score.worker_step, score.resident_step)


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that this actor may open, with its region fetched along. Raises Absent."""
    return fetch(Dossier.objects.select_related("team", "municipality__region"), actor=actor, ref=ref)


def moment_at(*, actor: Actor, ref: str) -> Moment:
    """Return one moment that this actor may read. Raises Absent."""
    return fetch(Moment.objects.select_related("dossier__team", "by__worker", "by__team"), actor=actor, ref=ref)


def domains_of(*, actor: Actor, dossier: Dossier) -> DomainsOf:
    """Return all moments of one resident that this actor may read, with pictures; merged dossiers together. Three queries, whatever the size.

    What was withdrawn stays in the list of moments and counts for nothing.
    """
    agreements = agreements_of(municipality=dossier.municipality)
    found = DomainsOf(names_of(dossier_ids=[dossier.root_id]).get(dossier.root_id, ""), agreements)
    moments = Moment.objects.visible_to(actor).filter(dossier__root_id=dossier.root_id).select_related("by__worker")
    found.moments = list(moments.order_by("-happened_on", "-pk"))
    order = {domain.key: place for place, domain in enumerate(agreements.domains)}
    rows: dict[int, list[Score]] = defaultdict(list)
    for score in Score.objects.filter(moment__in=[moment.pk for moment in found.moments]):
        rows[score.moment_id].append(score)
    counted = []
    for moment in reversed(found.moments):
        moment.rows = sorted(rows[moment.pk], key=lambda score: order.get(score.domain, 99))
        for score in moment.rows:
            score.on = moment.happened_on
        if moment.withdrawn_at is None:
            counted += moment.rows
    for score in counted:
        found.first.setdefault(score.domain, score)
        found.latest[score.domain] = score
    found.pictures = small_multiples({domain.key: domain.name for domain in found.asked}, counted)
    return found


def latest_and_first(*, dossier_ids: Iterable[int], since: date | None = None, until: date | None = None) -> dict[int, dict[str, Change]]:
    """Return by dossier and domain the first and the latest score within a period, each side by side and never added up. One query.

    For outcomes: what was withdrawn or written for one pair of eyes only does not count. A domain scored once has the same score twice.
    """
    rows = Score.objects.filter(moment__dossier_id__in=list(dossier_ids), moment__withdrawn_at__isnull=True).exclude(moment__audience=Moment.Audience.PRIVATE)
    if since:
        rows = rows.filter(moment__happened_on__gte=since)
    if until:
        rows = rows.filter(moment__happened_on__lte=until)
    found: dict[int, dict[str, Change]] = defaultdict(dict)
    fields = rows.order_by("moment__happened_on", "pk").values_list("moment__dossier_id", "domain", "moment__happened_on", "worker_step", "resident_step")
    for dossier_id, domain, on, worker, resident in fields:
        before = found[dossier_id].get(domain)
        first_on, first_worker, first_resident = (before.first_on, before.worker[0], before.resident[0]) if before else (on, worker, resident)
        found[dossier_id][domain] = Change(first_on, on, (first_worker, worker), (first_resident, resident))
    return dict(found)


def export_scores(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return every score of one resident with all words, private ones too, oldest first (GDPR art. 15)."""
    rows = Score.objects.filter(moment__dossier__root_id=dossier.root_id).annotate(
        on=F("moment__happened_on"), team=F("moment__by__team__name"), withdrawn=F("moment__withdrawn_at"), audience=F("moment__audience")
    )
    agreements = agreements_of(municipality=dossier.municipality)
    return [
        {
            "on": row.on, "domain": agreements.name(row.domain), "worker_step": row.worker_step, "resident_step": row.resident_step, "words": row.words,
            "resident_words": row.resident_words, "audience": row.audience, "team": row.team, "withdrawn": row.withdrawn is not None,
        }
        for row in rows.order_by("moment__happened_on", "pk")
    ]  # fmt: skip

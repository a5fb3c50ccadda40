"""Everything that keeps somebody from leaving: one source a line, each counted in one query for any number of people.

A room above commitments adds nothing here as long as what it opens is a commitment; a new way to be tied to a membership adds a source.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier, DutyTurn, Grant, Membership, Team
from nabij.commitments.models import Commitment, Commitments, StandIn

Counts = dict[int, int]


@dataclass(frozen=True)
class Source:
    """One thing that may be left: its words for one and for many, its icon, and its count by membership id."""

    code: str
    words: str | Promise
    icon: str
    count: Callable[[list[int], date], Counts]


def passing(*, membership: Membership, root_id: int | None = None) -> Commitments:
    """Return the open work that passes on: what somebody answers for, or left behind; of one resident when the root is named."""
    mine = Commitment.objects.open().filter(owner=membership, left_by__isnull=True) | Commitment.objects.open().filter(left_by=membership)
    return mine.filter(dossier__root_id=root_id) if root_id else mine


def _owned(ids: list[int], on: date) -> Counts:
    """Count open work, also resting, also what was left behind by an emergency stop and not yet given to somebody."""
    whose = Coalesce("left_by_id", "owner_id")
    rows = Commitment.objects.open().annotate(whose=whose).filter(Q(owner_id__in=ids, left_by__isnull=True) | Q(left_by_id__in=ids))
    return dict(rows.values_list("whose").annotate(n=Count("pk")))


def _stands_in(ids: list[int], on: date) -> Counts:
    return dict(StandIn.objects.ahead(on).filter(substitute_id__in=ids).values_list("substitute_id").annotate(n=Count("pk")))


def _leads(ids: list[int], on: date) -> Counts:
    """Count seats as lead or lead's substitute of a running team."""
    found: Counts = {}
    for pair in Team.objects.filter(Q(lead_id__in=ids) | Q(lead_substitute_id__in=ids), ended_at__isnull=True).values_list("lead_id", "lead_substitute_id"):
        for pk in set(pair) & set(ids):
            found[pk] = found.get(pk, 0) + 1
    return found


def _duty(ids: list[int], on: date) -> Counts:
    return dict(DutyTurn.objects.filter(membership_id__in=ids, on__gt=on).values_list("membership_id").annotate(n=Count("pk")))


def _alone(ids: list[int], on: date) -> "QuerySet[Grant]":
    """Return the grants by name to restricted dossiers that nobody else is named in who could open them today."""
    running = Grant.objects.running(on).filter(kind=Grant.Kind.RESTRICTED)
    here = Exists(Membership.objects.on(on).filter(worker_id=OuterRef("worker_id"), worker__blocked_at__isnull=True))
    others = running.filter(here, dossier__root_id=OuterRef("dossier__root_id")).exclude(worker_id=OuterRef("worker_id"))
    seat = Membership.objects.filter(pk__in=ids, worker_id=OuterRef("worker_id"), team_id=OuterRef("dossier__root__team_id"))
    rows = running.filter(~Exists(others), dossier__root__restricted=True, dossier__root__erased_at__isnull=True)
    return rows.annotate(seat=Subquery(seat.values("pk")[:1])).filter(seat__isnull=False)


def alone_in(*, membership: Membership, on: date) -> list[Dossier]:
    """Return the restricted dossiers of the team in which only this person is named: with them the last key would leave."""
    return list(Dossier.objects.filter(pk__in=_alone([membership.pk], on).values("dossier__root_id")).order_by("pk"))


def _alone_counts(ids: list[int], on: date) -> Counts:
    return dict(_alone(ids, on).values_list("seat").annotate(n=Count("dossier__root_id", distinct=True)))


SOURCES: tuple[Source, ...] = (
    Source("owned", _("open things this person answers for"), "inbox", _owned),
    Source("stands_in", _("colleagues for whom this person stands in"), "people", _stands_in),
    Source("leads", _("seats as team lead or the lead's substitute"), "flag", _leads),
    Source("duty", _("turns of duty to come"), "clock", _duty),
    Source("alone", _("restricted dossiers in which only this person is named"), "lock", _alone_counts),
)


def left(*, membership_ids: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """Return what is left by membership and source; nothing means: the worklist is empty. One query a source."""
    ids = list(membership_ids)
    found: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for source in SOURCES if ids else ():
        for pk, count in source.count(ids, on).items():
            found[pk][source.code] = count
    return found


def in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return what is left in words, each with how many."""
    return [(str(source.words), counts[source.code]) for source in SOURCES if counts.get(source.code)]

"""Who may open which dossier, reasoned from the rules and the bare rows, and not from the guard."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from nabij.access.actor import worker_actor
from nabij.access.models import Acquaintance, Dossier, Grant, Membership, Worker
from nabij.duplicates.models import Merge


@dataclass
class Rows:
    """Everything that decides about opening, each table read once for all who are looked at."""

    seats: list[Membership]
    known: set[tuple[int, int]]  # worker, root
    grants: list[Grant]
    dossiers: dict[int, Dossier]
    since: dict[int, int]  # side of a merge that nobody widened: the newest grant of that moment

    def root(self, pk: int) -> Dossier:
        return self.dossiers[self.dossiers[pk].root_id]


def read() -> Rows:
    """Read the rows."""
    dossiers = Dossier.objects.in_bulk()
    seats = list(Membership.objects.filter(ended_at__isnull=True, team__ended_at__isnull=True).select_related("team"))
    known = {(worker, dossiers[pk].root_id) for worker, pk in Acquaintance.objects.values_list("worker_id", "dossier_id")}
    since: dict[int, int] = {}
    for merge in Merge.objects.filter(undone_at__isnull=True, narrow_from__isnull=False):
        for pk in (merge.kept_id, merge.other_id):
            since[pk] = max(since.get(pk, 0), merge.narrow_from)
    return Rows(seats, known, list(Grant.objects.filter(ended_at__isnull=True)), dossiers, since)


def may_open(worker: Worker, rows: Rows, at: datetime) -> set[int]:
    """Return the dossiers this worker may open."""
    day = timezone.localdate(at)
    if worker.blocked_at is not None or not worker.is_active:
        return set()
    seats = [m for m in rows.seats if m.worker_id == worker.pk and m.from_on <= day and (m.until_on is None or m.until_on >= day)]
    houses = {m.team.controller_id for m in seats}
    own_teams = {m.team_id for m in seats if m.paid and m.role in {"worker", "lead"} and not m.team.assigned_only}
    given: dict[int, list[Grant]] = {}
    for grant in rows.grants:
        root = rows.root(grant.dossier_id)
        in_time = grant.from_on <= day and (grant.until_on is None or grant.until_on >= day)
        to_me = grant.worker_id == worker.pk or (grant.team_id is not None and grant.team_id in own_teams)
        if seats and in_time and to_me and (root.controller_id in houses or grant.kind == "sharing"):
            given.setdefault(root.pk, []).append(grant)
    closed = _closed_by_a_merge(rows, own_teams, given)
    found = set()
    for pk, dossier in rows.dossiers.items():
        root = rows.root(pk)
        by_team = root.team_id in own_teams and not root.restricted
        if dossier.erased_at is None and (by_team or root.pk in given) and (worker.pk, root.pk) not in rows.known and root.pk not in closed:
            found.add(pk)
    return found


def _closed_by_a_merge(rows: Rows, own_teams: set[int], given: dict[int, list[Grant]]) -> set[int]:
    """Return what stays closed because a side of it would: of a merge that nobody widened, each side must open by itself, or to who came later."""
    closed = set()
    for pk, newest in rows.since.items():
        side = rows.dossiers[pk]
        grants = given.get(side.root_id or 0, [])
        by_itself = (side.team_id in own_teams and not side.restricted) or any(grant.dossier_id == pk for grant in grants)
        if not by_itself and not any(grant.pk > newest for grant in grants):
            closed.add(side.root_id)
    return closed


def wrongly_open_or_closed(worker: Worker, rows: Rows, at: datetime) -> list[Any]:
    """Return where guard and rules disagree."""
    guarded = set(Dossier.objects.visible_to(worker_actor(worker, at=at)).values_list("pk", flat=True))
    return sorted(guarded ^ may_open(worker, rows, at))

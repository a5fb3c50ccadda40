"""What must hold after every step, each looked at without the code that keeps it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from nabij.access.actor import worker_actor
from nabij.access.models import Acquaintance, Dossier, Grant, Membership, Team, Worker
from nabij.commitments.models import Commitment, Pause, Turn
from nabij.commitments.queries import board
from nabij.contacts.models import ContactText
from nabij.contacts.queries import last_contact
from nabij.core import triggers
from nabij.duplicates.models import Merge
from nabij.upkeep.lists import KIND_ROWS


def _sql(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def every_open_worry_has_an_owner_and_a_date() -> list[Any]:
    return _sql("SELECT id FROM commitments_commitment WHERE closed_at IS NULL AND (owner_id IS NULL OR due_at IS NULL)")


def nobody_who_left_owns_anything() -> list[Any]:
    return _sql(
        "SELECT c.id FROM commitments_commitment c JOIN access_membership m ON m.id = c.owner_id"
        " WHERE c.closed_at IS NULL AND m.ended_at IS NOT NULL"
    )


def what_is_closed_says_with_what_outcome() -> list[Any]:
    return _sql("SELECT id FROM commitments_commitment WHERE closed_at IS NOT NULL AND outcome = ''")


def every_team_with_open_work_has_a_lead_and_a_substitute() -> list[Any]:
    return _sql(
        "SELECT t.id FROM access_team t WHERE EXISTS (SELECT 1 FROM commitments_commitment c WHERE c.team_id = t.id AND c.closed_at IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM access_membership a, access_membership b WHERE a.id = t.lead_id AND b.id = t.lead_substitute_id"
        " AND a.id <> b.id AND a.ended_at IS NULL AND b.ended_at IS NULL)"
    )


def every_responsibility_is_for_something_and_only_one_thing() -> list[Any]:
    """Each commitment has exactly the row of its kind, and each row sits on a commitment of its kind."""
    kinds = dict(Commitment.objects.values_list("pk", "kind"))
    rows = {(pk, kind.value) for kind, model in KIND_ROWS.items() for pk in model._default_manager.values_list("commitment_id", flat=True)}
    return sorted(rows ^ set(kinds.items()))


def the_history_ends_where_we_are() -> list[Any]:
    last = {t.commitment_id: t for t in Turn.objects.order_by("id")}
    now = Commitment.objects.values_list("pk", "owner_id", "due_at", "outcome", "closed_at")
    return [pk for pk, owner, due, outcome, closed in now if (last[pk].owner_id, last[pk].due_at, last[pk].outcome) != (owner, due, outcome if closed else "")]


def nothing_rests_without_its_reason() -> list[Any]:
    """A running pause stands on something open."""
    return list(Pause.objects.filter(ended_at__isnull=True, commitment__closed_at__isnull=False).values_list("pk", flat=True))


def last_contact_is_the_last_real_contact() -> list[Any]:
    """The one definition against a plain look at all texts: reached, not withdrawn, with the resident."""
    told = last_contact(dossier_ids=list(Dossier.objects.values_list("pk", flat=True)))
    roots = dict(Dossier.objects.values_list("pk", "root_id"))
    real: dict[int, datetime] = {}
    for text in ContactText.objects.select_related("contact"):
        if text.contact.reached and text.contact.withdrawn_at is None:
            root = roots[text.dossier_id]
            real[root] = max(real.get(root, text.contact.happened_at), text.contact.happened_at)
    return [pk for pk, root in roots.items() if told.get(pk) != real.get(root)]


PROMISES: tuple[Callable[[], list[Any]], ...] = (
    every_open_worry_has_an_owner_and_a_date,
    nobody_who_left_owns_anything,
    what_is_closed_says_with_what_outcome,
    every_team_with_open_work_has_a_lead_and_a_substitute,
    every_responsibility_is_for_something_and_only_one_thing,
    the_history_ends_where_we_are,
    nothing_rests_without_its_reason,
    last_contact_is_the_last_real_contact,
)


def may_open(worker: Worker, at: datetime) -> set[int]:
    """Return the dossiers this worker may open, reasoned from the rules and not from the guard."""
    day = timezone.localdate(at)
    if worker.blocked_at is not None or not worker.is_active:
        return set()
    seats = [
        m for m in Membership.objects.filter(worker=worker, ended_at__isnull=True, team__ended_at__isnull=True).select_related("team")
        if m.from_on <= day and (m.until_on is None or m.until_on >= day)
    ]  # fmt: skip
    houses = {m.team.controller_id for m in seats}
    own_teams = {m.team_id for m in seats if m.paid and m.role in {"worker", "lead"} and not m.team.assigned_only}
    known = set(Acquaintance.objects.filter(worker=worker).values_list("dossier__root_id", flat=True))
    given: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(ended_at__isnull=True).select_related("dossier__root"):
        in_time = grant.from_on <= day and (grant.until_on is None or grant.until_on >= day)
        to_me = grant.worker_id == worker.pk or (grant.team_id is not None and grant.team_id in own_teams)
        if seats and in_time and to_me and (grant.dossier.root.controller_id in houses or grant.kind == "sharing"):
            given.setdefault(grant.dossier.root_id, []).append(grant)
    found = set()
    for dossier in Dossier.objects.filter(erased_at__isnull=True).select_related("root"):
        by_team = dossier.root.team_id in own_teams and not dossier.root.restricted
        if (by_team or dossier.root_id in given) and dossier.root_id not in known:
            found.add(dossier.pk)
    return found - _closed_by_a_merge(own_teams, given)


def _closed_by_a_merge(own_teams: set[int], given: dict[int, list[Grant]]) -> set[int]:
    """Return what stays closed because a side of it would: of a merge that nobody widened, each side must open by itself, or to who came later."""
    since: dict[int, int] = {}
    for merge in Merge.objects.filter(undone_at__isnull=True, narrow_from__isnull=False):
        for pk in (merge.kept_id, merge.other_id):
            since[pk] = max(since.get(pk, 0), merge.narrow_from)
    closed = set()
    for side in Dossier.objects.filter(pk__in=since):
        grants = given.get(side.root_id, [])
        by_itself = (side.team_id in own_teams and not side.restricted) or any(grant.dossier_id == side.pk for grant in grants)
        if not by_itself and not any(grant.pk > since[side.pk] for grant in grants):
            closed.add(side.root_id)
    return set(Dossier.objects.filter(root_id__in=closed).values_list("pk", flat=True))


def the_guard_opens_exactly_what_the_rules_say(worker: Worker, at: datetime) -> list[Any]:
    guarded = set(Dossier.objects.visible_to(worker_actor(worker, at=at)).values_list("pk", flat=True))
    return sorted(guarded ^ may_open(worker, at))


def present(at: datetime) -> list[Membership]:
    """Return who can answer for something at a moment."""
    day = timezone.localdate(at)
    rows = Membership.objects.on(day).filter(worker__blocked_at__isnull=True, team__ended_at__isnull=True)
    return list(rows.select_related("worker").order_by("pk"))


def lost(at: datetime) -> list[Any]:
    """Return what is open and stands on nobody's list, although its team has somebody who can act."""
    seen: set[int] = set()
    here = present(at)
    for worker in {m.worker_id: m.worker for m in here}.values():
        seen |= set(board(actor=worker_actor(worker, at=at)).values_list("pk", flat=True))
    manned = {m.team_id for m in here if m.paid and m.role in {"worker", "lead"}}
    rows = Commitment.objects.open().exclude(pk__in=seen).values_list("pk", "kind", "team_id", "owner_id")
    return [row for row in rows if row[2] in manned]


def rules_are_in_place() -> list[str]:
    return triggers.missing(connection)


def teams_in_order() -> list[Team]:
    return list(Team.objects.order_by("pk"))

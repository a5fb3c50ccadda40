"""What must hold after every step, each looked at without the code that keeps it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from nabij.access.actor import worker_actor
from nabij.access.models import Dossier, Membership
from nabij.commitments.models import Commitment, Pause, Turn
from nabij.commitments.queries import board
from nabij.contacts.models import ContactText
from nabij.contacts.queries import last_contact
from nabij.core import triggers
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
    column = {kind: model._meta.get_field("commitment").column for kind, model in KIND_ROWS.items()}
    rows = _sql(" UNION ALL ".join(f"SELECT {column[kind]}, '{kind.value}' FROM {model._meta.db_table}" for kind, model in KIND_ROWS.items()))
    return sorted(set(rows) ^ set(Commitment.objects.values_list("pk", "kind")))


def the_history_ends_where_we_are() -> list[Any]:
    last = {pk: rest for pk, *rest in Turn.objects.order_by("id").values_list("commitment_id", "owner_id", "due_at", "outcome")}
    now = Commitment.objects.values_list("pk", "owner_id", "due_at", "outcome", "closed_at")
    return [pk for pk, owner, due, outcome, closed in now if last[pk] != [owner, due, outcome if closed else ""]]


def nothing_rests_without_its_reason() -> list[Any]:
    """A running pause stands on something open."""
    return list(Pause.objects.filter(ended_at__isnull=True, commitment__closed_at__isnull=False).values_list("pk", flat=True))


def last_contact_is_the_last_real_contact() -> list[Any]:
    """The one definition against a plain look at all texts: reached, not withdrawn, with the resident."""
    roots = dict(Dossier.objects.values_list("pk", "root_id"))
    told = last_contact(dossier_ids=list(roots))
    real: dict[int, datetime] = {}
    for pk, reached, withdrawn, happened in ContactText.objects.values_list("dossier_id", "contact__reached", "contact__withdrawn_at", "contact__happened_at"):
        if reached and withdrawn is None:
            real[roots[pk]] = max(real.get(roots[pk], happened), happened)
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

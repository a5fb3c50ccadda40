"""Who reads a calendar, whether they have one, and what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import Worker
from nabij.access.queries import fetch
from nabij.commitments.models import Commitment, Kind, StandIn
from nabij.commitments.queries import board
from nabij.conferences.models import Conference
from nabij.core.errors import Absent
from nabij.desk.kinds import KINDS, page_rows, row_ref
from nabij.links.models import Link
from nabij.links.queries import live_link

KIND = "calendars.feed"
CLOSED_SHOWN = timedelta(days=30)  # so long a telephone is told that something is over; it asks far more often than that
TABLE_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar. `ends_at` None: a date without a time. `sequence` rises with every change of date, owner or openness."""

    ref: str
    starts_at: datetime
    ends_at: datetime | None
    sequence: int
    made_at: datetime
    changed_at: datetime
    over: bool

    @property
    def day(self) -> date:
        """Return the day, in local time."""
        return timezone.localdate(self.starts_at)


def page_of(*, actor: Actor, ref: str) -> tuple[str, str]:
    """Return the URL name and the ref of the page of something in a calendar. Raises Absent, as ever."""
    found = fetch(Commitment.objects.select_related(*page_rows()), actor=actor, ref=ref)
    of = KINDS[found.kind]
    return of.page, row_ref(found, of)


def own_link(*, actor: Actor) -> Link | None:
    """Return the actor's working link, or None."""
    return live_link(kind=KIND, subject=myself(actor=actor).ref, at=actor.at)


def myself(*, actor: Actor) -> Worker:
    """Return the worker behind an actor. Raises Absent: only a worker has a calendar here."""
    found = Worker.objects.filter(pk=actor.worker_id or 0).first()
    if found is None:
        raise Absent
    return found


def reader_of(*, link: Link, at: datetime, origin: str = "") -> Actor:
    """Return the actor whose calendar a link opens. Raises Absent: no place in a team on this day, or away from all of them."""
    if link.worker is None:
        raise Absent
    reader = worker_actor(link.worker, at=at, origin=origin)
    away = StandIn.objects.running(reader.on).filter(membership_id__in=reader.membership_ids)
    if not set(reader.membership_ids) - set(away.values_list("membership_id", flat=True)):
        raise Absent
    return reader


def entries_for(*, actor: Actor) -> list[Entry]:
    """Return what stands in an actor's calendar, by date: open work as on Mijn dag, conferences they are asked at, and what ended lately.

    Three queries at any length. Nothing in it says whom it is about.
    """
    rows = [_entry(row) for row in (*board(actor=actor).select_related("conference"), *_ended(actor))]
    return sorted([*rows, *_tables(actor)], key=lambda entry: (entry.starts_at, entry.ref))


def _ended(actor: Actor) -> Iterator[Commitment]:
    lately = Commitment.objects.filter(owner_id__in=actor.membership_ids, closed_at__gte=actor.at - CLOSED_SHOWN, due_at__isnull=False)
    yield from lately.known_to(actor).select_related("conference")


def _tables(actor: Actor) -> Iterator[Entry]:
    """Yield the conferences of others at which this actor is needed, as far as they may open them."""
    mine = actor.membership_ids
    lately = Q(commitment__closed_at__isnull=True) | Q(commitment__closed_at__gte=actor.at - CLOSED_SHOWN)
    asked = Conference.objects.visible_to(actor).filter(lately, participants__member_id__in=mine).exclude(commitment__owner_id__in=mine)
    yield from (_entry(table.commitment) for table in asked.select_related("commitment__conference").distinct())


def _entry(row: Commitment) -> Entry:
    table = row.conference if row.kind == Kind.CONFERENCE else None
    return Entry(
        ref=row.ref,
        starts_at=table.starts_at if table else row.due_at,
        ends_at=table.starts_at + TABLE_LASTS if table else None,
        sequence=row.version + (table.version if table else 0),  # both only rise, so their sum does
        made_at=row.opened_at,
        changed_at=row.turned_at,
        over=row.closed_at is not None,
    )

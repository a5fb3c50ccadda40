"""Who is doing something, in which functions, on which day."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from nabij.core.bundles import Bundle, opened
from nabij.core.errors import Absent
from nabij.core.ids import new_request_id
from nabij.core.worded import Blanks, Shaped, ask, records

from .models import ActingLead, Membership, Role, Worker
from .models.roles import DOSSIER_ROLES, MANAGING_ROLES


@dataclass(frozen=True)
class Seat:
    """One of today's memberships, with all that a permission needs to know about it."""

    membership_id: int
    role: str
    paid: bool
    team_id: int
    team_name: str
    assigned_only: bool
    controller_id: int
    controller_name: str
    municipality_id: int
    acting: bool = False

    @property
    def function(self) -> str:
        """Return the role that counts: an unpaid worker has a volunteer's rights, who acts for an absent lead those of the lead."""
        if self.acting and self.paid:
            return Role.LEAD
        return self.role if self.paid or self.role != Role.WORKER else Role.VOLUNTEER


@dataclass(frozen=True)
class Actor(Shaped):
    """Who acts: a worker with today's memberships, the public, a partner by link or token, or the system.

    Every action and every query about residents takes one. `request_id`: the id of this attempt, so that a double send is harmless.
    """

    kind: str
    at: datetime
    worker_id: int | None = None
    name: str = ""
    memberships: tuple[Seat, ...] = ()
    request_id: str = ""
    origin: str = ""
    partner_ref: str = ""
    subject: str = ""  # of who holds a link: the ref of the one record that the link is for
    # What a page has shown so far; the page's door writes it down as one entry.
    seen: set[int] = field(default_factory=set, compare=False, hash=False)

    @cached_property
    def on(self) -> date:
        """Return the day on which access is judged, in local time."""
        return timezone.localdate(self.at)

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    @cached_property
    def membership_ids(self) -> list[int]:
        return [seat.membership_id for seat in self.memberships]

    @cached_property
    def team_ids(self) -> list[int]:
        return sorted({seat.team_id for seat in self.memberships})

    @cached_property
    def controller_ids(self) -> list[int]:
        return sorted({seat.controller_id for seat in self.memberships})

    @cached_property
    def municipality_ids(self) -> list[int]:
        return sorted({seat.municipality_id for seat in self.memberships})

    @cached_property
    def functions(self) -> frozenset[str]:
        return frozenset(seat.function for seat in self.memberships)

    @cached_property
    def dossier_team_ids(self) -> list[int]:
        """Return teams whose ordinary dossiers this actor may open without a grant."""
        return sorted({s.team_id for s in self.memberships if s.function in DOSSIER_ROLES and not s.assigned_only})

    @cached_property
    def led_team_ids(self) -> list[int]:
        """Return the teams that this actor leads today, also for an absent lead."""
        return sorted({seat.team_id for seat in self.memberships if seat.function == Role.LEAD})

    def acting_in(self, team_id: int | None) -> int | None:
        """Return the membership in which this actor acts: the one in the team, else the first; None for the system and the public."""
        fitting = [seat.membership_id for seat in self.memberships if seat.team_id == team_id]
        return (fitting or self.membership_ids or [None])[0]

    @cached_property
    def managed_ids(self) -> list[int]:
        """Return the municipalities this actor keeps in order as functional administrator; other functions elsewhere do not count."""
        return sorted({seat.municipality_id for seat in self.memberships if seat.function in MANAGING_ROLES})

    def stay_in(self, municipality_id: int) -> None:
        """Refuse a municipality that this actor does not keep in order as if it did not exist. Raises Absent."""
        if not self.is_system and municipality_id not in self.managed_ids:
            raise Absent

    def saw(self, *dossier_ids: int) -> None:
        """Note that these dossiers were shown on the page under way."""
        self.seen.update(dossier_ids)

    def again(self) -> "Actor":
        """Return the same actor with a fresh request id: for a program that does many things in a row."""
        return replace(self, request_id=new_request_id(), seen=set())


    def shape(self, blanks: Blanks) -> tuple[object, ...]:
        """Put who and when into blanks; the wording of a question depends on the functions, not on whose they are."""
        for value, kind in self._values():
            blanks.blank(value, kind)
        return self.kind, self.worker_id is None, tuple((s.role, s.paid, s.assigned_only, s.acting) for s in self.memberships)

    def drawn(self, blanks: Blanks) -> "Actor":
        """Return an actor of the same shape with blanks for its numbers and its day."""
        values = iter([blanks.blank(value, kind) for value, kind in self._values()])
        day = next(values)
        worker = next(values) if self.worker_id is not None else None
        seats = tuple(
            replace(s, membership_id=next(values), team_id=next(values), controller_id=next(values), municipality_id=next(values), team_name="", controller_name="")
            for s in self.memberships
        )
        at = timezone.make_aware(datetime.combine(day, time(12)))
        return replace(self, at=at, worker_id=worker, name="", memberships=seats, seen=set())

    def _values(self) -> list[tuple[int | date, str]]:
        found: list[tuple[int | date, str]] = [(self.on, "day")]
        if self.worker_id is not None:
            found.append((self.worker_id, "worker"))
        for s in self.memberships:
            found += [(s.membership_id, "membership"), (s.team_id, "team"), (s.controller_id, "controller"), (s.municipality_id, "municipality")]
        return found


def worker_actor(worker: Worker, *, at: datetime, request_id: str = "", origin: str = "") -> Actor:
    """Return the actor for a worker on a day: one query for all running memberships, none when they came along. A blocked worker has none."""
    day = timezone.localdate(at)
    if getattr(worker, "seats_on", None) == day:
        seats = tuple(_seat(row) for row in opened(worker.seats))  # type: ignore[attr-defined]
    else:
        seats = tuple(Seat(*row) for row in ask(_seats, worker_id=worker.pk, day=day))
    return Actor("worker", at, worker.pk, worker.name, seats, request_id, origin)


def _seat(row: dict[str, Any]) -> Seat:
    return Seat(**row | {flag: bool(row[flag]) for flag in ("paid", "assigned_only", "acting")})  # SQLite says 1 and 0


def seated_worker(pk: int, *, at: datetime) -> Worker | None:
    """Return a worker with the memberships of a day, in one query: every page begins with this."""
    day = timezone.localdate(at)
    worker = next(iter(records(_seated, pk=pk, day=day)), None)
    if worker is not None:
        worker.seats_on = day
    return worker


def _seated(*, pk: int, day: date) -> "QuerySet[Worker]":
    return Worker.objects.filter(pk=pk).annotate(seats=Bundle(_running(day).filter(worker_id=OuterRef("pk")), only=("role",), **SEAT))


def _seats(*, worker_id: int, day: date) -> "QuerySet[Membership, tuple[Any, ...]]":
    return _running(day).filter(worker_id=worker_id).values_list(*(SEAT.get(name, name) for name in Seat.__dataclass_fields__))


# where each fact of a seat stands, seen from the membership
SEAT = {
    "membership_id": "pk", "paid": "paid", "team_id": "team_id", "team_name": "team__name", "assigned_only": "team__assigned_only",
    "controller_id": "team__controller_id", "controller_name": "team__controller__name", "municipality_id": "team__municipality_id", "acting": "acting",
}  # fmt: skip


def _running(day: date) -> "QuerySet[Membership]":
    named = Exists(ActingLead.objects.running(day).filter(membership=OuterRef("pk")))
    lead_gone = Q(team__lead__worker__blocked_at__isnull=False) | Q(team__lead__until_on__lt=day) | Q(team__lead__ended_at__isnull=False)
    return (
        Membership.objects.on(day)
        .annotate(acting=Q(named) | Q(lead_gone, team__lead_substitute=F("pk")))
        .filter(worker__blocked_at__isnull=True, worker__is_active=True, team__ended_at__isnull=True)
        .order_by("id")
    )


def system_actor(*, at: datetime) -> Actor:
    """Return the actor of jobs and commands."""
    return Actor("system", at, name="Nabij")


def public_actor(*, at: datetime, request_id: str = "", origin: str = "") -> Actor:
    """Return the actor of somebody without an account."""
    return Actor("public", at, request_id=request_id, origin=origin)


def link_actor(*, subject: str, at: datetime, request_id: str = "", origin: str = "") -> Actor:
    """Return the actor of who holds a link for one record: nothing else is open to them."""
    return Actor("link", at, request_id=request_id, origin=origin, subject=subject)

"""Reads of access: fetch through the guard, who is on duty, which team works where."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from nabij.core.errors import Absent

from .actor import Actor
from .models import DutyTurn, Membership, Municipality, Neighbourhood, NeighbourhoodPostcode, Role, Team

Row = TypeVar("Row", bound=Model)


def fetch(rows: "QuerySet[Row]", *, actor: Actor, ref: str) -> Row:
    """Return the row with this ref if this actor may see it. Raises Absent: not there and not for you are one answer."""
    found = rows.visible_to(actor).filter(ref=ref).first()  # type: ignore[attr-defined]
    if found is None:
        raise Absent
    return found


def on_duty(*, team: Team, on: date) -> Membership:
    """Return who takes what comes in on a day: the duty worker, else the lead, else the lead's substitute.

    Raises Absent when the team has nobody who could answer (the database refuses open work for such a team).
    """
    turn = DutyTurn.objects.filter(team=team, on=on).select_related("membership").first()
    wanted = [turn.membership if turn else None, team.lead, team.lead_substitute]
    running = set(Membership.objects.on(on).filter(pk__in=[m.pk for m in wanted if m]).values_list("pk", flat=True))
    for membership in wanted:
        if membership and membership.pk in running:
            return membership
    for membership in wanted[1:]:  # nobody is running: still a person, never nobody; the sweep says so
        if membership and membership.ended_at is None:
            return membership
    raise Absent


def neighbourhood_at(*, postcode: str) -> Neighbourhood | None:
    """Return the neighbourhood of a postcode: the longest known beginning counts (1441 AB before 1441)."""
    bare = postcode.replace(" ", "").upper()
    found = NeighbourhoodPostcode.objects.filter(postcode__in=[bare[:n] for n in range(4, 7)]).select_related("neighbourhood")
    best = max(found, key=lambda row: len(row.postcode), default=None)
    return best.neighbourhood if best else None


def team_for(*, municipality: Municipality, neighbourhood: Neighbourhood | None, on: date) -> Team:
    """Return the neighbourhood team that works there on a day, else the municipality's front-door team.

    Raises Absent when the municipality has neither.
    """
    if neighbourhood is not None:
        places = [neighbourhood.pk, neighbourhood.parent_id]
        running = Q(areas__until_on__isnull=True) | Q(areas__until_on__gte=on)
        teams = Team.objects.filter(running, areas__neighbourhood_id__in=places, areas__from_on__lte=on, ended_at__isnull=True)
        team = teams.filter(kind=Team.Kind.NEIGHBOURHOOD, lead__isnull=False, lead_substitute__isnull=False).order_by("id").first()
        if team:
            return team
    if municipality.front_door is None:
        raise Absent
    return municipality.front_door


def colleagues(*, team_ids: list[int], on: date) -> "QuerySet[Membership]":
    """Return who works in these teams on a day and can answer for something, by name."""
    return (
        Membership.objects.on(on)
        .filter(team_id__in=team_ids, worker__blocked_at__isnull=True, role__in=[Role.WORKER, Role.LEAD, Role.GGD, Role.VOLUNTEER, Role.YOUTH_WORKER])
        .select_related("worker", "team")
        .order_by("worker__name", "id")
    )

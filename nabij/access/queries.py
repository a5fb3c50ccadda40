"""Reads of access: fetch through the guard, who is on duty, which team works where."""

from datetime import date
from typing import TypeVar

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, When

from nabij.core.errors import Absent
from nabij.core.ids import names_nothing
from nabij.core.worded import Numbers, Refs, records

from .actor import Actor
from .models import (
    ActingLead,
    Dossier,
    DutyTurn,
    Grant,
    Membership,
    Municipality,
    Neighbourhood,
    NeighbourhoodPostcode,
    Role,
    Sharing,
    Team,
    Worker,
)

Row = TypeVar("Row", bound=Model)


def fetch(rows: "QuerySet[Row]", *, actor: Actor, ref: str) -> Row:
    """Return the row with this ref if this actor may see it; of a merged dossier the one it was merged into.

    Raises Absent: not there and not for you are one answer.
    """
    if names_nothing(ref):
        raise Absent
    hook = "merged__ref" if rows.model is Dossier else "ref"
    found = rows.visible_to(actor).filter(**{hook: ref}).first()  # type: ignore[attr-defined]
    if found is None:
        raise Absent
    return found


def on_duty(*, team: Team, on: date) -> Membership:
    """Return who takes what comes in on a day: the duty worker, else who acts for the absent lead, else the lead, else the lead's substitute.

    Raises Absent when the team has nobody who could answer (the database refuses open work for such a team).
    """
    found = records(_answering, team_id=team.pk, on=on)
    if not found:
        raise Absent
    return found[0]


def _answering(*, team_id: int, on: date) -> "QuerySet[Membership]":
    turn = Q(pk__in=DutyTurn.objects.filter(team_id=team_id, on=on).values("membership_id"))
    acting = Q(pk__in=ActingLead.objects.running(on).filter(team_id=team_id).order_by("-pk").values("membership_id")[:1])
    lead, substitute = (Q(pk__in=Team.objects.filter(pk=team_id).values(name)) for name in ("lead_id", "lead_substitute_id"))
    runs = Exists(Membership.objects.on(on).filter(pk=OuterRef("pk"), worker__blocked_at__isnull=True))
    order = [When(runs & who, then=place) for place, who in enumerate((turn, acting, lead, substitute))]
    # nobody is running: still a person, never nobody; the sweep says so
    order += [When(Q(ended_at__isnull=True) & who, then=place) for place, who in enumerate((lead, substitute), start=len(order))]
    found = Membership.objects.filter(turn | acting | lead | substitute).annotate(place=Case(*order))
    return found.filter(place__isnull=False).order_by("place")[:1]


def neighbourhood_at(*, postcode: str) -> Neighbourhood | None:
    """Return the neighbourhood of a postcode: the longest known beginning counts (1441 AB before 1441)."""
    bare = postcode.replace(" ", "").upper()
    found = records(_places, postcodes=Refs(bare[:n] for n in range(4, 7))) if bare else []
    best = max(found, key=lambda row: len(row.postcode), default=None)
    return best.neighbourhood if best else None


def _places(*, postcodes: list[str]) -> "QuerySet[NeighbourhoodPostcode]":
    return NeighbourhoodPostcode.objects.filter(postcode__in=postcodes).select_related("neighbourhood__municipality")


def team_for(*, municipality: Municipality, neighbourhood: Neighbourhood | None, on: date) -> Team:
    """Return the neighbourhood team that works there on a day, else the municipality's front-door team.

    Raises Absent when the municipality has neither.
    """
    if neighbourhood is not None:
        team = records(_working_in, places=Numbers(filter(None, [neighbourhood.pk, neighbourhood.parent_id])), on=on)
        if team:
            return team[0]
    if municipality.front_door is None:
        raise Absent
    return municipality.front_door


def _working_in(*, places: list[int], on: date) -> "QuerySet[Team]":
    running = Q(areas__until_on__isnull=True) | Q(areas__until_on__gte=on)
    teams = Team.objects.filter(running, areas__neighbourhood_id__in=places, areas__from_on__lte=on, ended_at__isnull=True)
    return teams.filter(kind=Team.Kind.NEIGHBOURHOOD, lead__isnull=False, lead_substitute__isnull=False).order_by("id")[:1]


def colleagues(*, team_ids: list[int], on: date) -> "QuerySet[Membership]":
    """Return who works in these teams on a day and can answer for something, by name."""
    return (
        Membership.objects.on(on)
        .filter(team_id__in=team_ids, worker__blocked_at__isnull=True, role__in=[Role.WORKER, Role.LEAD, Role.GGD, Role.VOLUNTEER, Role.YOUTH_WORKER])
        .select_related("worker", "team")
        .order_by("worker__name", "id")
    )


def dossier_at(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that this actor may open. Raises Absent."""
    return fetch(Dossier.objects.select_related("team", "controller"), actor=actor, ref=ref)


def nameable(*, actor: Actor, dossier: Dossier) -> list[Membership]:
    """Return the colleagues of the organisation who could be named in a restricted dossier, each once, the actor apart."""
    teams = list(Team.objects.filter(controller_id=dossier.controller_id, municipality_id=dossier.municipality_id).values_list("pk", flat=True))
    each = {member.worker_id: member for member in colleagues(team_ids=teams, on=actor.on) if member.paid and member.worker_id != actor.worker_id}
    return list(each.values())


def named_people(*, dossier: Dossier, on: date) -> list[Worker]:
    """Return who is named in a restricted dossier, by name."""
    grants = Grant.objects.running(on).filter(dossier__root_id=dossier.root_id, kind=Grant.Kind.RESTRICTED)
    return list(Worker.objects.filter(pk__in=grants.values("worker_id")).order_by("name", "pk"))


def other_houses(*, dossier: Dossier) -> list[Team]:
    """Return the teams of other organisations in the municipality with which a dossier could be shared, by name."""
    found = Team.objects.filter(municipality_id=dossier.municipality_id, ended_at__isnull=True).exclude(kind=Team.Kind.OFFICE)
    return list(found.exclude(controller_id=dossier.controller_id).select_related("controller").order_by("name"))


def running_sharings(*, dossier: Dossier) -> list[Sharing]:
    """Return with whom a dossier is shared now, the newest first."""
    found = Sharing.objects.filter(dossier__root_id=dossier.root_id, ended_at__isnull=True)
    return list(found.select_related("to_team__controller", "by_worker", "dossier").order_by("-from_at", "-pk"))


def sharing_at(*, dossier: Dossier, ref: str) -> Sharing:
    """Return one running sharing act of a dossier. Raises Absent."""
    found = next((sharing for sharing in running_sharings(dossier=dossier) if sharing.ref == ref), None)
    if found is None:
        raise Absent
    return found

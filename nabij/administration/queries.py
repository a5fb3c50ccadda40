"""Reads of administration: the municipality of this administrator, its people and teams, and what asks for attention."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import (
    Controller,
    DutyTurn,
    Membership,
    Municipality,
    Neighbourhood,
    Region,
    Role,
    Team,
    TeamArea,
    Worker,
)
from nabij.access.queries import colleagues
from nabij.commitments.clock import is_working_day
from nabij.commitments.models import Commitment, StandIn
from nabij.core.errors import Absent

PAGE = 50
SOON = timedelta(days=30)
ROTA_DAYS = 14
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def municipality_of(*, actor: Actor) -> Municipality:
    """Return the municipality that this actor keeps in order (the first, for somebody who keeps several). Raises Absent."""
    found = Municipality.objects.filter(pk__in=actor.managed_ids).select_related("front_door", "controller", "region").order_by("pk").first()
    if found is None:
        raise Absent
    return found


def regions() -> "QuerySet[Region]":
    """Return every region on this installation, by name: an administrator may join one."""
    return Region.objects.order_by("name")


def neighbours_of(*, region: Region) -> list[str]:
    """Return the names of the municipalities for which the agreements of a region hold."""
    return list(region.municipalities.order_by("name").values_list("name", flat=True))


def teams_of(*, actor: Actor) -> "QuerySet[Team]":
    """Return the running teams of the municipality with lead and substitute, by name; for a lead who is no administrator, the teams they lead."""
    led = [seat.team_id for seat in actor.memberships if seat.function == Role.LEAD]
    mine = Q(municipality_id__in=actor.managed_ids) | Q(pk__in=led)
    return Team.objects.filter(mine, ended_at__isnull=True).select_related("controller", "municipality", "lead__worker", "lead_substitute__worker").order_by("name")


def team_at(*, actor: Actor, ref: str) -> Team:
    """Return a team of the municipality, or one this actor leads. Raises Absent."""
    found = teams_of(actor=actor).filter(ref=ref).first()
    if found is None:
        raise Absent
    return found


def members_of(*, team: Team) -> list[Membership]:
    """Return the memberships of a team that have not ended, by name."""
    return list(Membership.objects.filter(team=team, ended_at__isnull=True).select_related("worker", "team").order_by("worker__name", "pk"))


def who_can_answer(*, team: Team, on: date) -> list[Membership]:
    """Return the paid colleagues of a team who take up what comes in: workers, leads and outreach workers, by name."""
    return list(colleagues(team_ids=[team.pk], on=on).filter(paid=True, role__in=[Role.WORKER, Role.LEAD, Role.GGD]))


def areas_of(*, team: Team, on: date) -> list[TeamArea]:
    """Return where a team works, from today on, by name."""
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return list(TeamArea.objects.filter(running, team=team).select_related("neighbourhood").order_by("neighbourhood__name", "pk"))


def people_of(*, actor: Actor, words: str = "", after: str = "", limit: int = PAGE) -> tuple[list[Worker], str]:
    """Return who works in the municipality, or nowhere yet, by name from a cursor on, and the next cursor (empty: that was all)."""
    found = Worker.objects.filter(_kept_by(actor)).distinct().order_by("name", "pk")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    last = Worker.objects.filter(ref=after).first() if after else None
    if last:
        found = found.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    rows = list(found.prefetch_related("memberships__team")[: limit + 1])
    return rows[:limit], rows[limit - 1].ref if len(rows) > limit else ""


def _kept_by(actor: Actor) -> Q:
    """Return who belongs to this administrator: by a place in a team, else by where the log-in was made."""
    nowhere = Q(memberships__isnull=True) & (Q(made_in_id__in=actor.managed_ids) | Q(made_in__isnull=True))
    return Q(memberships__team__municipality_id__in=actor.managed_ids) | nowhere


def worker_at(*, actor: Actor, ref: str) -> Worker:
    """Return somebody who works in the municipality, or nowhere yet. Raises Absent."""
    found = Worker.objects.filter(_kept_by(actor), ref=ref).first()
    if found is None:
        raise Absent
    return found


def memberships_of(*, actor: Actor, worker: Worker) -> list[Membership]:
    """Return somebody's places in teams of the municipality, the running ones first, each with `owned`: how much is open on it."""
    owned = Commitment.objects.open().filter(owner__worker=worker).values_list("owner_id").annotate(n=Count("pk"))
    open_on = dict(owned)
    found = Membership.objects.filter(worker=worker, team__municipality_id__in=actor.managed_ids).select_related("team__controller", "worker")
    rows = list(found.order_by(F("ended_at").desc(nulls_first=True), "-from_on", "pk"))
    for row in rows:
        row.owned = open_on.get(row.pk, 0)  # type: ignore[attr-defined]
    return rows


def left_of(*, membership: Membership) -> list[tuple[str, int]]:
    """Return what somebody must hand over before this place in the team can end, in words, each with how many."""
    team = membership.team
    stand_ins = StandIn.objects.filter(substitute=membership, ended_at__isnull=True, until_on__gte=timezone.localdate())
    found = [
        (_("things this person answers for"), Commitment.objects.open().filter(owner=membership).count()),
        (_("colleagues for whom this person stands in"), stand_ins.count()),
        (_("leads the team, or is the lead's substitute"), int(membership.pk in {team.lead_id, team.lead_substitute_id})),
    ]
    return [(words, count) for words, count in found if count]


def membership_at(*, actor: Actor, ref: str) -> Membership:
    """Return a membership in a team of the municipality. Raises Absent."""
    found = Membership.objects.filter(ref=ref, team__municipality_id__in=actor.managed_ids).select_related("worker", "team").first()
    if found is None:
        raise Absent
    return found


def has_second_step(*, worker: Worker) -> bool:
    """Return whether somebody set up a second step for log-in."""
    return Authenticator.objects.filter(user=worker, type__in=SECOND_STEPS).exists()


def controllers_of(*, actor: Actor) -> "QuerySet[Controller]":
    """Return the organisations that have, or could have, a team in the municipality, by name."""
    places = actor.managed_ids
    return Controller.objects.filter(Q(municipalities__in=places) | Q(teams__municipality_id__in=places)).distinct().order_by("name")


def places_of(*, actor: Actor, on: date) -> list[tuple[Neighbourhood, list[str], list[str]]]:
    """Return the neighbourhoods by name, each with its postcodes and the names of the teams that work there today."""
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    at_work: dict[int, list[str]] = defaultdict(list)
    areas = TeamArea.objects.filter(running, from_on__lte=on, team__municipality_id__in=actor.managed_ids, team__ended_at__isnull=True)
    for place_id, name in areas.order_by("team__name").values_list("neighbourhood_id", "team__name"):
        at_work[place_id].append(name)
    found = Neighbourhood.objects.filter(municipality_id__in=actor.managed_ids).select_related("parent").prefetch_related("postcodes").order_by("name", "pk")
    return [(place, sorted(row.postcode for row in place.postcodes.all()), at_work[place.pk]) for place in found]


@dataclass(frozen=True)
class Attention:
    """What the administrator should look at today."""

    leaderless: list[Team]
    ending: list[Membership]
    without_second_step: list[Worker]
    unserved: list[Neighbourhood]
    no_front_door: bool


def attention(*, actor: Actor) -> Attention:
    """Return teams without lead or substitute, memberships that end within 30 days, paid people without second step, places without a team."""
    places = actor.managed_ids
    leaderless = teams_of(actor=actor).filter(Q(lead__isnull=True) | Q(lead_substitute__isnull=True)).exclude(kind=Team.Kind.OFFICE)
    mine = Membership.objects.filter(team__municipality_id__in=places, ended_at__isnull=True, worker__blocked_at__isnull=True)
    ending = mine.filter(until_on__lte=actor.on + SOON).select_related("worker", "team").order_by("until_on", "pk")
    safe = Authenticator.objects.filter(type__in=SECOND_STEPS).values("user_id")
    paid = mine.filter(paid=True, pk__in=Membership.objects.on(actor.on).values("pk")).exclude(worker_id__in=safe).values("worker_id")
    served = {place.pk for place, _postcodes, names in places_of(actor=actor, on=actor.on) if names}
    every = Neighbourhood.objects.filter(municipality_id__in=places).order_by("name", "pk")
    return Attention(
        leaderless=list(leaderless),
        ending=list(ending),
        without_second_step=list(Worker.objects.filter(pk__in=paid).order_by("name", "pk")),
        unserved=[place for place in every if not {place.pk, place.parent_id} & served],
        no_front_door=municipality_of(actor=actor).front_door_id is None,
    )


def duty_of(*, team: Team, from_on: date) -> list[tuple[date, DutyTurn | None]]:
    """Return the working days of two weeks, each with who is on duty (None: the lead)."""
    turns = {turn.on: turn for turn in DutyTurn.objects.filter(team=team, on__range=(from_on, from_on + timedelta(ROTA_DAYS - 1))).select_related("membership__worker")}
    days = [from_on + timedelta(n) for n in range(ROTA_DAYS)]
    return [(day, turns.get(day)) for day in days if is_working_day(day) or day in turns]


def on_duty_today(*, actor: Actor) -> list[tuple[Team, str]]:
    """Return each team with the name of who takes what comes in today; empty when there is nobody."""
    teams = list(teams_of(actor=actor).exclude(kind=Team.Kind.OFFICE))
    turns = DutyTurn.objects.filter(team__in=teams, on=actor.on, membership__ended_at__isnull=True)
    named = dict(turns.values_list("team_id", "membership__worker__name"))
    return [(team, named.get(team.pk) or (team.lead.worker.name if team.lead else "")) for team in teams]

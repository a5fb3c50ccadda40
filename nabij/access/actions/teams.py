"""Teams, their areas, leads and duty. Done by a functional administrator; the rota also by the lead."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import (
    ActingLead,
    Controller,
    DutyTurn,
    Membership,
    Municipality,
    Neighbourhood,
    Role,
    Scope,
    Team,
    TeamArea,
)
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused

from .people import MANAGES


@action("access.create_team", allow=MANAGES, event=Event.CREATE)
def create_team(
    *, actor: Actor, at: datetime, municipality: Municipality, controller: Controller, name: str, kind: str = Team.Kind.NEIGHBOURHOOD, phone: str = ""
) -> Team:
    """Make a team of an organisation in a municipality. Raises Absent: another municipality; Refused: the name is taken."""
    actor.stay_in(municipality.pk)
    if Team.objects.filter(municipality=municipality, name__iexact=name, ended_at__isnull=True).exists():
        raise Refused(_("There is a team with this name already."), field="name")
    return Team.objects.create(municipality=municipality, controller=controller, name=name, kind=kind, phone=phone)


@action("access.change_team", allow=MANAGES, on="team")
def change_team(*, actor: Actor, at: datetime, team: Team, name: str, phone: str, assigned_only: bool) -> Team:
    """Change a team's name, telephone, or whether colleagues open only what was given to them. Raises Absent."""
    actor.stay_in(team.municipality_id)
    team.name, team.phone, team.assigned_only = name, phone, assigned_only
    raise_version(team)
    team.save(update_fields=["name", "phone", "assigned_only", "version"])
    return team


@action("access.appoint_lead", allow=MANAGES, on="team")
def appoint_lead(*, actor: Actor, at: datetime, team: Team, lead: Membership, substitute: Membership) -> Team:
    """Name the lead and who stands in for the lead. Raises Absent; Refused: the same person, another team, or ended."""
    actor.stay_in(team.municipality_id)
    if lead.pk == substitute.pk or lead.worker_id == substitute.worker_id:
        raise Refused(_("The lead and the substitute are two different people."), field="substitute")
    if {lead.team_id, substitute.team_id} != {team.pk}:
        raise Refused(_("Choose somebody of the same team."), field="lead")
    if team.lead_id != lead.pk:  # who acted for the former lead does not act for the new one
        ActingLead.objects.filter(team=team, ended_at__isnull=True).update(ended_at=at)
    team.lead, team.lead_substitute = lead, substitute
    raise_version(team)
    try:
        with transaction.atomic():
            team.save(update_fields=["lead", "lead_substitute", "version"])
    except IntegrityError as ended:
        raise Refused(_("This colleague has left the team."), field="lead") from ended
    return team


@step
def act_as_lead(*, actor: Actor, at: datetime, team: Team, membership: Membership, from_on: date, until_on: date) -> ActingLead:
    """Let a paid colleague of the team do what the lead may, from a day until and including a day. Raises Refused: another team, or not paid."""
    if membership.team_id != team.pk or not membership.paid or membership.ended_at:
        raise Refused(_("Only a paid colleague of the same team can act for the lead."), field="substitute")
    return ActingLead.objects.create(team=team, membership=membership, from_on=from_on, until_on=until_on)


@action("access.set_front_door", allow=MANAGES)
def set_front_door(*, actor: Actor, at: datetime, municipality: Municipality, team: Team) -> Municipality:
    """Name the team that gets every signal without a known place. Raises Absent; Refused: no lead with a substitute."""
    actor.stay_in(municipality.pk)
    if team.municipality_id != municipality.pk:
        raise Absent
    if not (team.lead_id and team.lead_substitute_id):
        raise Refused(_("This team has no lead with a substitute yet. Name them first."), field="team")
    municipality.front_door = team
    raise_version(municipality)
    municipality.save(update_fields=["front_door", "version"])
    return municipality


@action("access.add_area", allow=MANAGES)
def add_area(*, actor: Actor, at: datetime, team: Team, neighbourhood: Neighbourhood, from_on: date) -> TeamArea:
    """Let a team work in a neighbourhood from a day. Raises Absent."""
    actor.stay_in(team.municipality_id)
    actor.stay_in(neighbourhood.municipality_id)
    running = TeamArea.objects.filter(team=team, neighbourhood=neighbourhood, until_on__isnull=True).first()
    return running or TeamArea.objects.create(team=team, neighbourhood=neighbourhood, from_on=from_on)


@action("access.end_area", allow=MANAGES)
def end_area(*, actor: Actor, at: datetime, area: TeamArea, until_on: date) -> TeamArea:
    """Name the last day on which a team works in a neighbourhood. Raises Absent; Refused: before the first day."""
    actor.stay_in(area.team.municipality_id)
    if until_on < area.from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    area.until_on = until_on
    area.save(update_fields=["until_on"])
    return area


@action("access.plan_duty", allow=MANAGES | {Role.LEAD: Scope.TEAM})
def plan_duty(*, actor: Actor, at: datetime, team: Team, on: date, membership: Membership | None) -> DutyTurn | None:
    """Name who is on duty in a team on a day; nobody: then it is the lead. Raises Absent; Refused: another team, ended, or not paid."""
    leads = any(seat.function == Role.LEAD and seat.team_id == team.pk for seat in actor.memberships)
    if not leads:
        actor.stay_in(team.municipality_id)
    if membership is None:
        DutyTurn.objects.filter(team=team, on=on).delete()
        return None
    if membership.team_id != team.pk or membership.ended_at or not membership.paid:
        raise Refused(_("Choose a paid colleague of this team."), field="membership")
    turn, _made = DutyTurn.objects.update_or_create(team=team, on=on, defaults={"membership": membership})
    return turn


@action("access.plan_rota", allow=MANAGES | {Role.LEAD: Scope.TEAM}, on="team")
def plan_rota(*, actor: Actor, at: datetime, team: Team, days: Mapping[date, Membership | None]) -> Team:
    """Name who is on duty on several days at once: all of them or none. Raises as plan_duty; Refused: a day that has passed."""
    for on, membership in days.items():
        if on < actor.on:
            raise Refused(_("This date has passed. Choose today or later."))
        plan_duty(actor=actor, at=at, team=team, on=on, membership=membership)
    return team

"""Who is away, and who answers meanwhile."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actions import act_as_lead
from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Acquaintance, ActingLead, Dossier, DutyTurn, Grant, Membership, Role, Scope
from nabij.commitments.models import Commitment, StandIn
from nabij.core.errors import Absent, Refused

ARRANGES = {Role.LEAD: Scope.TEAM, Role.WORKER: Scope.OWN, Role.GGD: Scope.OWN, Role.VOLUNTEER: Scope.OWN, Role.YOUTH_WORKER: Scope.OWN}


def _may_arrange(actor: Actor, membership: Membership) -> None:
    """Oneself, and the lead of the team. Raises Absent."""
    if not actor.is_system and membership.pk not in actor.membership_ids and membership.team_id not in actor.led_team_ids:
        raise Absent


@action("commitments.stand_in", allow=ARRANGES)
def stand_in(
    *, actor: Actor, at: datetime, membership: Membership, substitute: Membership | None, from_on: date, until_on: date, restricted: bool = False
) -> StandIn:
    """Write down that somebody is away, from a day until and including a day, and who answers meanwhile; nobody: the team's queue.

    The owner of the work stays the same; what is due shows on the substitute's list, and it returns by itself. Who replaces the lead may do what
    the lead may. `restricted`: only a lead may open the restricted dossiers of the absent colleague for the substitute, and only those days.
    Raises Absent: not yourself and not your team; Refused: another team, has left, wrong dates, or arranged already.
    """
    _may_arrange(actor, membership)
    _check(membership, substitute, from_on, until_on, actor.on)
    if restricted and membership.team_id not in actor.led_team_ids:
        raise Refused(_("Only the team lead opens restricted dossiers for a substitute."), field="restricted")
    row = StandIn.objects.create(membership=membership, substitute=substitute, from_on=from_on, until_on=until_on)
    if membership.pk == membership.team.lead_id:
        _act(actor, at, row)
    turns = DutyTurn.objects.filter(membership=membership, on__range=(max(from_on, actor.on), until_on))
    if substitute is not None and substitute.paid:
        turns.update(membership=substitute)
    else:
        turns.delete()
    if restricted and substitute is not None:
        _open_restricted(row)
    return row


def _check(membership: Membership, substitute: Membership | None, from_on: date, until_on: date, today: date) -> None:
    if until_on < from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    if until_on < today:
        raise Refused(_("This date has passed. Choose today or later."), field="until_on")
    if membership.ended_at:
        raise Refused(_("This colleague has left the team."))
    if substitute is not None and (substitute.team_id != membership.team_id or substitute.worker_id == membership.worker_id):
        raise Refused(_("Choose somebody else of the same team."), field="substitute")
    if substitute is not None and (substitute.ended_at or substitute.worker.blocked_at):
        raise Refused(_("This colleague has left the team."), field="substitute")
    overlaps = StandIn.objects.filter(membership=membership, ended_at__isnull=True, from_on__lte=until_on, until_on__gte=from_on)
    if overlaps.exists():
        raise Refused(_("An absence in these days was arranged already. End that one first."), field="from_on")
    if substitute is not None:
        away = StandIn.objects.filter(membership=substitute, ended_at__isnull=True, from_on__lte=from_on, until_on__gte=until_on)
        if away.exists():
            raise Refused(_("%(name)s is away in these days as well. Choose somebody else.") % {"name": substitute.worker.name}, field="substitute")


def _act(actor: Actor, at: datetime, row: StandIn) -> None:
    """Let somebody act for the absent lead: the substitute of this absence, else the lead's own substitute."""
    team = row.membership.team
    acting = row.substitute or team.lead_substitute
    if acting is None:
        raise Refused(_("The team has no substitute for the lead. Name one first."))
    act_as_lead(actor=actor, at=at, team=team, membership=acting, from_on=row.from_on, until_on=row.until_on)


def _open_restricted(row: StandIn) -> None:
    """Open the restricted dossiers of the absent colleague's open work for the substitute, for these days only."""
    work = Commitment.objects.open().filter(owner=row.membership, dossier__root__restricted=True).values("dossier_id")
    known = Acquaintance.objects.filter(worker_id=row.substitute.worker_id).values("dossier__root_id")
    for dossier in Dossier.objects.filter(pk__in=work).exclude(root_id__in=known):
        Grant.objects.create(
            dossier=dossier, worker=row.substitute.worker, kind=Grant.Kind.SUBSTITUTE, purpose=row.purpose, basis="Wmo 2015 art. 5.1.1",
            from_on=row.from_on, until_on=row.until_on,
        )  # fmt: skip


@action("commitments.end_stand_in", allow=ARRANGES)
def end_stand_in(*, actor: Actor, at: datetime, stand_in: StandIn) -> StandIn:
    """End an absence now: everything returns, and so does what the substitute was allowed. Raises Absent; Refused: over already."""
    _may_arrange(actor, stand_in.membership)
    if stand_in.ended_at or stand_in.until_on < actor.on:
        raise Refused(_("This absence is over already."))
    stand_in.ended_at = at
    raise_version(stand_in)
    stand_in.save(update_fields=["ended_at", "version"])
    Grant.objects.filter(purpose=stand_in.purpose, ended_at__isnull=True).update(ended_at=at)
    _stop_acting(stand_in, at)
    return stand_in


def _stop_acting(row: StandIn, at: datetime) -> None:
    if row.membership.pk == row.membership.team.lead_id:
        days = {"from_on": row.from_on, "until_on": row.until_on, "ended_at__isnull": True}
        ActingLead.objects.filter(team=row.membership.team, **days).update(ended_at=at)


@action("commitments.change_substitute", allow=ARRANGES)
def change_substitute(*, actor: Actor, at: datetime, stand_in: StandIn, substitute: Membership | None) -> StandIn:
    """Name another substitute for an absence; nobody: the team's queue. The substitute may do so too: handing this back is always possible.

    Raises Absent; Refused as stand_in.
    """
    if stand_in.substitute_id not in actor.membership_ids:
        _may_arrange(actor, stand_in.membership)
    if stand_in.ended_at or stand_in.until_on < actor.on:
        raise Refused(_("This absence is over already."))
    if substitute is not None and (substitute.team_id != stand_in.membership.team_id or substitute.worker_id == stand_in.membership.worker_id):
        raise Refused(_("Choose somebody else of the same team."), field="substitute")
    if substitute is not None and (substitute.ended_at or substitute.worker.blocked_at):
        raise Refused(_("This colleague has left the team."), field="substitute")
    stand_in.substitute = substitute
    raise_version(stand_in)
    stand_in.save(update_fields=["substitute", "version"])
    Grant.objects.filter(purpose=stand_in.purpose, ended_at__isnull=True).update(ended_at=at)
    if stand_in.membership.pk == stand_in.membership.team.lead_id:
        _stop_acting(stand_in, at)
        _act(actor, at, stand_in)
    return stand_in

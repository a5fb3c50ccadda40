"""Block an account: at once, always possible, and nothing is left behind."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Membership, Role, Scope, Team, Worker
from nabij.commitments.models import Commitment
from nabij.core.errors import Absent, Refused

from .steps import move_owner

BLOCKS = {Role.ADMINISTRATOR: Scope.MUNICIPALITY, Role.LEAD: Scope.TEAM}
LOOK_WITHIN = timedelta(days=1)


def _successor(team: Team, worker: Worker) -> Membership:
    """Return who gets the work: the lead, or the lead's substitute when the lead is the one who is blocked."""
    for membership in (team.lead, team.lead_substitute):
        if membership and membership.worker_id != worker.pk and not membership.ended_at and not membership.worker.blocked_at:
            return membership
    raise Refused(_("The lead and the substitute of %(team)s are both blocked or gone. Name another lead first.") % {"team": team.name})


def _may_block(actor: Actor, worker: Worker) -> None:
    seats = [s for s in actor.memberships if s.function in BLOCKS]
    teams = {s.team_id for s in seats if s.function == Role.LEAD}
    places = {s.municipality_id for s in seats if s.function == Role.ADMINISTRATOR}
    theirs = worker.memberships.values_list("team_id", "team__municipality_id")
    if not actor.is_system and not any(team in teams or place in places for team, place in theirs):
        raise Absent


@action("commitments.block_worker", allow=BLOCKS)
def block_worker(*, actor: Actor, at: datetime, worker: Worker) -> Worker:
    """Block a log-in now. All that this person answers for goes to the team lead, with a date of one day, in the same action.

    Running sessions end at their next request (the log-in asks each time). Raises Absent: not your team or municipality; Refused: oneself, or nobody left who could take the work.
    """
    _may_block(actor, worker)
    if worker.pk == actor.worker_id:
        raise Refused(_("You cannot block yourself."))
    worker.blocked_at, worker.is_active = at, False
    raise_version(worker)
    worker.save(update_fields=["blocked_at", "is_active", "version"])
    owned = Commitment.objects.open().filter(owner__worker=worker).select_related("team__lead__worker", "team__lead_substitute__worker")
    for commitment in owned:
        commitment.taken_at = None
        commitment.save(update_fields=["taken_at"])
        successor = _successor(commitment.team, worker)
        soonest = min(commitment.due_at, at + LOOK_WITHIN)
        move_owner(actor=actor, at=at, commitment=commitment, owner=successor, due_at=soonest)
    return worker


@action("commitments.unblock_worker", allow=BLOCKS)
def unblock_worker(*, actor: Actor, at: datetime, worker: Worker) -> Worker:
    """Let a blocked person log in again; what was handed on stays where it is. Raises Absent."""
    _may_block(actor, worker)
    worker.blocked_at, worker.is_active = None, True
    raise_version(worker)
    worker.save(update_fields=["blocked_at", "is_active", "version"])
    return worker

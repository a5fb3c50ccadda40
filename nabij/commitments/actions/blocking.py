"""Block an account: at once, always possible, and nothing is left behind."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actions import end_sessions
from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Role, Scope, Worker
from nabij.core.errors import Absent, Refused
from nabij.links.actions import end_links

from .leaving_behind import leave_behind

BLOCKS = {Role.ADMINISTRATOR: Scope.MUNICIPALITY, Role.LEAD: Scope.TEAM}


def _may_block(actor: Actor, worker: Worker) -> None:
    theirs = list(worker.memberships.values_list("team_id", "team__municipality_id")) or [(None, worker.made_in_id)]
    if not actor.is_system and not any(team in actor.led_team_ids or place in actor.managed_ids for team, place in theirs):
        raise Absent


@action("commitments.block_worker", allow=BLOCKS)
def block_worker(*, actor: Actor, at: datetime, worker: Worker) -> Worker:
    """Block a log-in now (emergency stop). All that this person answers for goes to the team lead's worklist, with a date of one day.

    Of a lead it goes to the lead's substitute, who from then on may do what the lead may. Log-ins on every device and the
    links of this person (their calendar) end at once and for good: letting somebody in again gives none back.
    Raises Absent: not your team or municipality; Refused: oneself, or nobody left who could take the work.
    """
    _may_block(actor, worker)
    if worker.pk == actor.worker_id:
        raise Refused(_("You cannot block yourself."))
    worker.blocked_at, worker.is_active = at, False
    raise_version(worker)
    worker.save(update_fields=["blocked_at", "is_active", "version"])
    end_sessions(actor=actor, at=at, worker=worker)
    end_links(actor=actor, at=at, worker=worker)
    for membership in worker.memberships.filter(ended_at__isnull=True).select_related("team", "worker"):
        leave_behind(actor=actor, at=at, membership=membership)
    return worker


@action("commitments.unblock_worker", allow=BLOCKS)
def unblock_worker(*, actor: Actor, at: datetime, worker: Worker) -> Worker:
    """Let a blocked person log in again; what was handed on stays where it is. Raises Absent."""
    _may_block(actor, worker)
    worker.blocked_at, worker.is_active = None, True
    raise_version(worker)
    worker.save(update_fields=["blocked_at", "is_active", "version"])
    return worker

"""What is not a resident but keeps somebody from leaving; and the way out when there is no time."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from nabij.access.actions import give_grant
from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Dossier, DutyTurn, Grant, Membership, Role, Scope
from nabij.commitments.actions import close_commitment, leave_behind, reopen
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.queries import may_open
from nabij.core.errors import Absent, Refused
from nabij.handover.models import Handover
from nabij.handover.queries import late_items, unmet_items
from nabij.handover.sources import alone_in
from nabij.handover.standing import check_giver

from .answering import BASIS

ARRANGES = {Role.LEAD: Scope.TEAM, Role.WORKER: Scope.OWN, Role.GGD: Scope.OWN}


@action("handover.give_duty", allow=ARRANGES)
def give_duty(*, actor: Actor, at: datetime, membership: Membership, to: Membership | None) -> Membership:
    """Give all turns of duty to come to a colleague; nobody: then it is the lead. Raises Absent; Refused: another team, or not paid."""
    check_giver(actor, membership)
    turns = DutyTurn.objects.filter(membership=membership, on__gt=actor.on)
    if to is None:
        turns.delete()
    elif to.team_id != membership.team_id or not to.paid or to.ended_at:
        raise Refused(_("Choose a paid colleague of this team."), field="owner")
    else:
        turns.update(membership=to)
    return membership


@action("handover.name", allow=ARRANGES)
def name_in_restricted(*, actor: Actor, at: datetime, membership: Membership, dossier: Dossier, to: Membership) -> Membership:
    """Name a colleague in a restricted dossier that otherwise nobody could open. Raises Absent; Refused: not such a dossier, or closed for them."""
    check_giver(actor, membership)
    if dossier.root_id not in {row.pk for row in alone_in(membership=membership, on=actor.on)}:
        raise Absent
    give_grant(actor=actor, at=at, dossier=dossier, worker=to.worker, kind=Grant.Kind.RESTRICTED, purpose="care", basis=BASIS)
    if not may_open(member=to, dossier_id=dossier.pk, at=at):
        raise Refused(_("%(name)s cannot work with this resident. Choose somebody else.") % {"name": to.worker.name}, field="owner")
    return membership


@action("handover.force_out", allow={}, on="membership")
def force_out(*, actor: Actor, at: datetime, membership: Membership) -> Membership:
    """Free a place in a team whose last day has passed: everything left goes to the lead's worklist, with a date of one day.

    Only the system does this. The handover goes on as an emergency, so that its questions and its worklist stay. Restricted dossiers that
    nobody else could open are opened for who gets the worklist.
    """
    lonely = alone_in(membership=membership, on=actor.on)
    leave_behind(actor=actor, at=at, membership=membership)
    Handover.objects.filter(membership=membership, ended_at__isnull=True).update(reason=Handover.Reason.EMERGENCY, to_membership=None, version=F("version") + 1)
    for dossier in lonely:
        for heir in (membership.team.lead, membership.team.lead_substitute):
            if heir and heir.worker_id != membership.worker_id and not heir.worker.blocked_at:
                give_grant(actor=actor, at=at, dossier=dossier, worker=heir.worker, kind=Grant.Kind.RESTRICTED, purpose="care", basis=BASIS)
                break
    return membership


@action("handover.tidy", allow={})
def tidy_items(*, actor: Actor, at: datetime) -> int:
    """Put back on the worklist what nobody answered in time, and open again what a withdrawn contact had closed. Returns how many."""
    late, unmet = list(late_items(on=actor.on)), list(unmet_items())
    for item in late:
        close_commitment(actor=actor, at=at, commitment=item.commitment, outcome="unanswered")
        Grant.objects.filter(purpose=item.purpose, ended_at__isnull=True).update(ended_at=at)
    for item in unmet:
        due_at = end_of(working_days_after(actor.on, 1))
        reopen(actor=actor, at=at, commitment=item.commitment, owner=item.commitment.owner, due_at=due_at)
    return len(late) + len(unmet)

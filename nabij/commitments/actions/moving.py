"""Take it, hand it over, move its date, open it again."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Membership, Role, Scope
from nabij.commitments.models import Commitment, Kind
from nabij.core.errors import Refused

from .steps import move_owner, pass_on, reopen, set_due

WORKS = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN, Role.YOUTH_WORKER: Scope.OWN, Role.VOLUNTEER: Scope.OWN}
PAID = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}


@action("commitments.take", allow=PAID, on="commitment")
def take_commitment(*, actor: Actor, at: datetime, commitment: Commitment) -> Commitment:
    """Take it up yourself. Two people at the same moment: one gets it, the other is told who (Refused)."""
    # no join beside a lock: who waited for it on PostgreSQL would see the new owner's id with nobody behind it
    fresh = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if fresh.kind == Kind.HANDOVER:
        raise Refused(_("Answer this handover first: yes, or no with a reason."))
    if fresh.taken_at and fresh.owner and fresh.owner.worker_id != actor.worker_id:
        raise Refused(_("%(name)s has already taken this up. There is nothing left for you to do.") % {"name": fresh.owner.worker.name})
    seat = next((s for s in actor.memberships if s.team_id == fresh.team_id), actor.memberships[0])
    fresh.taken_at = fresh.taken_at or at
    fresh.save(update_fields=["taken_at"])
    owner = Membership.objects.select_related("worker", "team").get(pk=seat.membership_id)
    return move_owner(actor=actor, at=at, commitment=fresh, owner=owner)


@action("commitments.hand_over", allow=PAID, on="commitment")
def hand_over(*, actor: Actor, at: datetime, commitment: Commitment, owner: Membership, due_at: datetime | None = None) -> Commitment:
    """Let a colleague answer for it; they see it as new until they take it.

    Raises Refused: a case or a handover, which have a way of their own because more goes along; and as pass_on.
    """
    if commitment.kind == Kind.CASE:
        raise Refused(_("Of a case the activities and the access go along. Hand it over on the page of the case."))
    if commitment.kind == Kind.HANDOVER:
        raise Refused(_("Answer this handover first: yes, or no with a reason."))
    return pass_on(actor=actor, at=at, commitment=commitment, owner=owner, due_at=due_at)


@action("commitments.set_date", allow=WORKS, on="commitment")
def set_date(*, actor: Actor, at: datetime, commitment: Commitment, due_at: datetime) -> Commitment:
    """Choose another next date. A third postponement shows on the list; a running pause looks again on the new date.

    Raises Refused for a day that has passed (today is allowed, also after hours).
    """
    day = timezone.localdate(due_at)
    if day < timezone.localdate(at):
        raise Refused(_("This date has passed. Choose today or later."), field="due_on")
    commitment.pauses.filter(ended_at__isnull=True).update(look_again_on=day)
    return set_due(actor=actor, at=at, commitment=commitment, due_at=due_at)


@action("commitments.reopen", allow=PAID, on="commitment")
def reopen_commitment(*, actor: Actor, at: datetime, commitment: Commitment, owner: Membership, due_at: datetime) -> Commitment:
    """Open something again that was finished. Raises Refused when it is still open."""
    return reopen(actor=actor, at=at, commitment=commitment, owner=owner, due_at=due_at)

"""Begin a handover, change its date, end it."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.access.actions import end_membership, move_membership_end
from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Membership, Role, Scope
from nabij.audit.models import Event
from nabij.commitments.actions import close_commitment, open_task
from nabij.commitments.clock import end_of
from nabij.commitments.models import Commitment
from nabij.commitments.queries import leads_of
from nabij.core.errors import Absent, Refused
from nabij.handover.models import Handover
from nabij.handover.sources import in_words, left
from nabij.handover.standing import running

STARTS = {Role.LEAD: Scope.TEAM, Role.ADMINISTRATOR: Scope.MUNICIPALITY, Role.WORKER: Scope.OWN, Role.GGD: Scope.OWN}
Reason = Handover.Reason


def _may_arrange(actor: Actor, membership: Membership, *, own: bool = False) -> None:
    """The lead of the team and the administrator of the municipality; `own`: also the colleague. Raises Absent."""
    allowed = membership.team_id in actor.led_team_ids or membership.team.municipality_id in actor.managed_ids
    if not actor.is_system and not allowed and not (own and membership.pk in actor.membership_ids):
        raise Absent


@action("handover.start", allow=STARTS, event=Event.CREATE)
def start_handover(
    *, actor: Actor, at: datetime, membership: Membership, reason: str, planned_on: date, to_membership: Membership | None = None
) -> Handover:
    """Begin handing over: why, and by which day the worklist is empty. Of who leaves, that day becomes the last day of access.

    The lead gets it as something to do on that day. For a swap a colleague may begin it; the rest is for the lead and the administrator.
    Raises Absent; Refused: runs already, has left, a day that has passed, or no place in the other team.
    """
    _may_arrange(actor, membership, own=reason == Reason.SWAP)
    if running(membership) is not None:
        raise Refused(_("A handover of %(name)s runs already. Go on with that worklist.") % {"name": membership.worker.name})
    if membership.ended_at and reason != Reason.EMERGENCY:
        raise Refused(_("This colleague has left the team."))
    if planned_on < actor.on:
        raise Refused(_("This date has passed. Choose today or later."), field="planned_on")
    if reason == Reason.TEAM_CHANGE:
        _check_place(membership, to_membership)
    else:
        to_membership = None
    facts = {"membership": membership, "reason": reason, "planned_on": planned_on, "to_membership": to_membership, "started_at": at}
    handover = Handover(**facts)
    if handover.ends_membership:
        move_membership_end(actor=actor, at=at, membership=membership, until_on=max(planned_on, membership.from_on))
    handover.task = _watch(actor, at, handover)
    handover.save()
    return handover


def _check_place(membership: Membership, place: Membership | None) -> None:
    if place is None or place.worker_id != membership.worker_id or place.ended_at or place.team_id == membership.team_id:
        raise Refused(_("First an administrator gives a place in the other team. Then choose it here."), field="to_membership")


def _watch(actor: Actor, at: datetime, handover: Handover) -> Commitment | None:
    """Let the lead (of a lead: the substitute) watch over it; a team without any lead has nothing open."""
    member = handover.membership
    leads = leads_of(team=member.team, worker_id=member.worker_id, at=at)
    if not leads:
        return None
    what = _("Handover of %(name)s: the worklist empty on %(day)s") % {"name": member.worker.name, "day": date_format(handover.planned_on, "j F")}
    return open_task(actor=actor, at=at, what=what, owner=leads[0], due_at=end_of(handover.planned_on)).commitment


@action("handover.move", allow=STARTS, on="handover")
def move_planned_date(*, actor: Actor, at: datetime, handover: Handover, planned_on: date) -> Handover:
    """Choose another day by which the worklist is empty; of who leaves, the last day moves along. Raises Absent; Refused: over, or a passed day."""
    _may_arrange(actor, handover.membership)
    _check_runs(handover)
    if planned_on < actor.on:
        raise Refused(_("This date has passed. Choose today or later."), field="planned_on")
    handover.planned_on = planned_on
    raise_version(handover)
    handover.save(update_fields=["planned_on", "version"])
    if handover.ends_membership:
        move_membership_end(actor=actor, at=at, membership=handover.membership, until_on=planned_on)
    return handover


def _check_runs(handover: Handover) -> None:
    """Hold it until the end of this action: nobody is asked anything meanwhile. Raises Refused: over."""
    if not Handover.objects.select_for_update().filter(pk=handover.pk, ended_at__isnull=True).exists():
        raise Refused(_("This handover is over already."))


@action("handover.cancel", allow=STARTS, on="handover")
def cancel_handover(*, actor: Actor, at: datetime, handover: Handover) -> Handover:
    """Stop a handover: somebody stays after all. What was accepted stays with the successors; the planned last day goes away.

    Raises Absent; Refused: over, or colleagues still have to answer.
    """
    _may_arrange(actor, handover.membership, own=handover.reason == Reason.SWAP)
    _check_runs(handover)
    _check_answered(handover)
    if handover.ends_membership and not handover.membership.ended_at:
        move_membership_end(actor=actor, at=at, membership=handover.membership, until_on=None)
    return _end(actor, at, handover, "cancelled")


@action("handover.finish", allow=STARTS, on="handover")
def finish_handover(*, actor: Actor, at: datetime, handover: Handover, now: bool = False) -> Handover:
    """End a handover whose worklist is empty; the place in the team ends on the last day, or at once (`now`, or when that day has come).

    Raises Absent; Refused: over, something is left (the message says what), or colleagues still have to answer.
    """
    _may_arrange(actor, handover.membership, own=handover.reason == Reason.SWAP)
    _check_runs(handover)
    _check_answered(handover)
    if handover.ends_membership or handover.reason == Reason.EMERGENCY:
        _check_empty(handover.membership, actor.on)
    _end(actor, at, handover, "done")
    if handover.ends_membership and (now or handover.planned_on <= actor.on):
        end_membership(actor=actor, at=at, membership=handover.membership)
    return handover


def _check_empty(membership: Membership, on: date) -> None:
    """Refuse as long as something is left, and say what. Raises Refused."""
    words = in_words(left(membership_ids=[membership.pk], on=on)[membership.pk])
    if words:
        said = ", ".join(f"{what} ({count})" for what, count in words)
        raise Refused(_("The worklist of %(name)s is not empty: %(left)s.") % {"name": membership.worker.name, "left": said})


def _check_answered(handover: Handover) -> None:
    waiting = handover.items.filter(commitment__closed_at__isnull=True, accepted_at__isnull=True).select_related("commitment__owner__worker")
    names = sorted({item.commitment.owner.worker.name for item in waiting})
    if names:
        raise Refused(_("Still waiting for the answer of %(names)s. Wait, or take the question back.") % {"names": ", ".join(names)})


def _end(actor: Actor, at: datetime, handover: Handover, outcome: str) -> Handover:
    handover.ended_at, handover.outcome = at, outcome
    raise_version(handover)
    handover.save(update_fields=["ended_at", "outcome", "version"])
    task = Commitment.objects.select_for_update(of=("self",)).filter(pk=handover.task_id, closed_at__isnull=True).first()
    if task is not None:
        close_commitment(actor=actor, at=at, commitment=task, outcome="done" if outcome == "done" else "not_needed")
    return handover

"""Activities: who does what, on which rung; a volunteer who carries one."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import action, raise_version
from nabij.access.models import Membership, Role
from nabij.audit.models import Event
from nabij.casework.models import Activity, Case, Goal, Rung
from nabij.commitments.actions import close_commitment, move_owner, open_commitment
from nabij.commitments.models import Commitment, Kind
from nabij.core.errors import Absent, Refused

from .keeping import keep_longer
from .steps import READS, WORKS, end_access, give_access, open_commitment_of, refuse_while_waiting

OUTCOMES = ("done", "not_done", "not_needed")


@action("casework.add_activity", allow=WORKS, on="case", event=Event.CREATE)
def add_activity(
    *, actor: Actor, at: datetime, case: Case, text: str, rung: int, carrier: str, goal: Goal | None = None, due_at: datetime | None = None
) -> Activity:
    """Write down who does what, on which rung of the ladder. The coordinator answers for it, whoever carries it, and looks whether it happened.

    Without `due_at` it shares the date of the plan. Raises Refused: closed, nothing or nobody named, no such rung, a date that has passed.
    """
    plan = open_commitment_of(actor=actor, at=at, case=case)
    if not text.strip() or not carrier.strip():
        raise Refused(_("Write what happens and who does it."), field="carrier" if text.strip() else "text")
    if rung not in Rung.values:
        raise Refused(_("Choose who helps."), field="rung")
    if due_at and due_at < at:
        raise Refused(_("This date has passed. Choose today or later."), field="due_on")
    if goal is not None and goal.case_id != case.pk:
        raise Absent
    commitment = open_commitment(
        actor=actor, at=at, kind=Kind.ACTIVITY, team=plan.team, owner=plan.owner, due_at=due_at or plan.due_at, dossier=plan.dossier, taken=True,
        # no words of the plan: the board is read over shoulders
        what=_("Look whether it happened: %(rung)s") % {"rung": agreements_of(municipality=plan.municipality).rung(rung).staff},
    )  # fmt: skip
    facts = {"text": text.strip(), "rung": rung, "carrier": carrier.strip(), "shares_date": due_at is None}
    activity = Activity.objects.create(commitment=commitment, case=case, goal=goal, **facts)
    if rung == Rung.INDIVIDUAL_PROVISION:
        keep_longer(actor=actor, at=at, case=case)
    return activity


@action("casework.finish_activity", allow=READS, on="activity")
def finish_activity(*, actor: Actor, at: datetime, activity: Activity, outcome: str = "done") -> Activity:
    """Finish an activity: done, not done, not needed. A volunteer finishes only their own, and their access ends with the last one.

    Raises Refused when it is finished already.
    """
    commitment = Commitment.objects.select_for_update().get(pk=activity.pk)
    if not actor.is_system and not actor.functions & set(WORKS) and commitment.owner_id not in actor.membership_ids:
        raise Absent
    if outcome not in OUTCOMES:
        raise Refused(_("Choose how it ended."), field="outcome")
    refuse_while_waiting(actor=actor, at=at, activity=activity)
    activity.commitment = close_commitment(actor=actor, at=at, commitment=commitment, outcome=outcome)
    _end_access_of_owner(actor, at, activity.case, commitment.owner)
    raise_version(activity)
    activity.save(update_fields=["version"])
    return activity


def _end_access_of_owner(actor: Actor, at: datetime, case: Case, owner: Membership) -> None:
    """End what the case opened for somebody who carries nothing in it any more; the coordinator keeps it."""
    if owner.worker_id == case.commitment.owner.worker_id:
        return
    if not case.activities.filter(commitment__owner__worker_id=owner.worker_id, commitment__closed_at__isnull=True).exists():
        end_access(actor=actor, at=at, case=case, worker_id=owner.worker_id)


@action("casework.give_volunteer", allow=WORKS, on="activity")
def give_volunteer(
    *, actor: Actor, at: datetime, activity: Activity, volunteer: Membership, due_at: datetime | None = None
) -> Activity:
    """Let a volunteer answer for an activity; they get access to the residents of this case, for as long as they carry something in it.

    Raises Refused: not a volunteer, has left, or cannot work with these residents.
    """
    if volunteer.role != Role.VOLUNTEER and volunteer.paid:
        raise Refused(_("Choose a volunteer. Give an activity to a colleague with 'hand over'."), field="volunteer")
    case = activity.case
    open_commitment_of(actor=actor, at=at, case=case)
    refuse_while_waiting(actor=actor, at=at, activity=activity)
    move_owner(actor=actor, at=at, commitment=activity.commitment, owner=volunteer, due_at=due_at)
    for link in case.case_dossiers.filter(until_on__isnull=True).select_related("dossier__controller"):
        give_access(actor=actor, at=at, case=case, dossier=link.dossier, membership=volunteer)
    activity.carrier = volunteer.worker.name
    activity.shares_date = activity.shares_date and due_at is None
    raise_version(activity)
    activity.save(update_fields=["carrier", "shares_date", "version"])
    return activity

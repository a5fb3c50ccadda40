"""Another coordinator."""

from datetime import datetime, timedelta

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Grant, Membership
from nabij.casework.models import Case
from nabij.commitments.actions import move_owner, pass_on
from nabij.commitments.models import Commitment

from .steps import WORKS, give_access, open_commitment_of

TRANSITION = timedelta(days=30)  # asks.md 7: who handed over still reads along for a month, then it ends by itself


@action("casework.change_coordinator", allow=WORKS, on="case")
def change_coordinator(*, actor: Actor, at: datetime, case: Case, owner: Membership, due_at: datetime | None = None) -> Case:
    """Let a colleague coordinate the case: what the coordinator answered for in it goes along, and so does the access.

    Who coordinated until now keeps the access that the case gave for 30 days. Raises Refused: closed, has left, or cannot work with a
    resident of the case.
    """
    plan = open_commitment_of(actor=actor, at=at, case=case)
    before = plan.owner
    for link in case.case_dossiers.filter(until_on__isnull=True).select_related("dossier__controller"):
        give_access(actor=actor, at=at, case=case, dossier=link.dossier, membership=owner)
    pass_on(actor=actor, at=at, commitment=plan, owner=owner, due_at=due_at)
    for commitment in Commitment.objects.filter(activity__case=case, owner=before, closed_at__isnull=True):
        move_owner(actor=actor, at=at, commitment=commitment, owner=owner)
    if before.worker_id != owner.worker_id:
        given = Grant.objects.filter(purpose=case.purpose, worker_id=before.worker_id, ended_at__isnull=True)
        given.update(until_on=actor.on + TRANSITION)
    return case

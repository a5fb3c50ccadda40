"""Plain things to do."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import action, step
from nabij.access.models import Dossier, Membership, Team
from nabij.commitments.models import Kind, Task, Urgency

from .moving import WORKS
from .steps import close_commitment, open_commitment


@step
def open_task(
    *,
    actor: Actor,
    at: datetime,
    what: str,
    owner: Membership,
    due_at: datetime,
    team: Team | None = None,
    dossier: Dossier | None = None,
    reason: str = Task.Reason.TO_DO,
    note: str = "",
    urgency: int = Urgency.NORMAL,
) -> Task:
    """Open a task with its commitment."""
    commitment = open_commitment(
        actor=actor, at=at, kind=Kind.TASK, what=what, team=team or owner.team, owner=owner, due_at=due_at,
        dossier=dossier, urgency=urgency, taken=owner.worker_id == actor.worker_id,
    )  # fmt: skip
    return Task.objects.create(commitment=commitment, reason=reason, note=note)


@action("commitments.add_task", allow=WORKS, on="dossier")
def add_task(
    *, actor: Actor, at: datetime, what: str, owner: Membership, due_at: datetime, dossier: Dossier | None = None, note: str = ""
) -> Task:
    """Write down something to do, for yourself or a colleague."""
    return open_task(actor=actor, at=at, what=what, owner=owner, due_at=due_at, dossier=dossier, note=note)


@action("commitments.finish_task", allow=WORKS, on="task")
def finish_task(*, actor: Actor, at: datetime, task: Task, outcome: str = "done") -> Task:
    """Finish a task. Raises Refused when it is finished already."""
    close_commitment(actor=actor, at=at, commitment=task.commitment, outcome=outcome)
    return task

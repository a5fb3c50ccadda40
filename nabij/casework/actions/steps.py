"""What several actions of casework do: the access of a case, the check that it is open."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actions import give_grant
from nabij.access.actor import Actor, worker_actor
from nabij.access.doors import step
from nabij.access.models import Controller, Dossier, Grant, Membership, Role, Scope
from nabij.casework.models import Activity, Breakthrough, Case
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused

WORKS = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}
READS = {**WORKS, Role.VOLUNTEER: Scope.OWN}
# GDPR art. 6: a public task by law, or the task that the municipality gave a welfare organisation
BASES = {Controller.Kind.MUNICIPALITY: "Wmo 2015 art. 5.1.1", Controller.Kind.WELFARE: "AVG art. 6 lid 1 onder e"}


@step
def open_commitment_of(*, actor: Actor, at: datetime, case: Case) -> Commitment:
    """Return the commitment of a case, held until the end of this action. Raises Refused when the case is closed."""
    commitment = Commitment.objects.select_for_update().get(pk=case.pk)
    if not commitment.is_open:
        raise Refused(_("This case is closed. Open it again first."))
    case.commitment = commitment
    return commitment


@step
def give_access(*, actor: Actor, at: datetime, case: Case, dossier: Dossier, membership: Membership) -> Grant | None:
    """Let this worker open this dossier for this case, unless they can already. Raises Refused when it stays closed for them.

    Closed stays: their own dossier, somebody they know, another organisation without a sharing act.
    """
    worker = worker_actor(membership.worker, at=at)
    may_open = Dossier.objects.visible_to(worker).filter(pk=dossier.pk)
    if may_open.exists():
        return None
    basis = BASES[Controller.Kind(dossier.controller.kind)]
    grant = give_grant(
        actor=actor, at=at, dossier=dossier, worker=membership.worker, kind=Grant.Kind.CASEWORK, purpose=case.purpose, basis=basis
    )
    if not may_open.exists():
        raise Refused(_("%(name)s cannot work with this resident. Choose somebody else.") % {"name": membership.worker.name}, field="owner")
    return grant


@step
def end_access(*, actor: Actor, at: datetime, case: Case, worker_id: int | None = None) -> int:
    """End the access that this case gave: of one worker, or of everybody. Returns how many grants ended."""
    grants = Grant.objects.filter(purpose=case.purpose, ended_at__isnull=True)
    if worker_id is not None:
        grants = grants.filter(worker_id=worker_id)
    return grants.update(ended_at=at)


@step
def refuse_while_waiting(*, actor: Actor, at: datetime, activity: Activity) -> None:
    """Refuse to end or to pass on a measure that waits for a colleague's word: it would lie loose. Raises Refused."""
    if Breakthrough.objects.filter(activity=activity, state=Breakthrough.State.ASKED).exists():
        raise Refused(_("This waits for a colleague's word. First the yes or the no."))

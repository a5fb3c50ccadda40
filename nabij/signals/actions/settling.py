"""A signal ends, or gets a resident."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor, worker_actor
from nabij.access.doors import raise_version, step
from nabij.access.models import Dossier, Membership, Worker
from nabij.commitments.actions import close_commitment, move_owner
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused
from nabij.signals.models import Decision, Signal

from .telling import tell_reporter


@step
def attach_dossier(*, actor: Actor, at: datetime, signal: Signal, dossier: Dossier) -> Commitment:
    """Hang a signal on a resident's dossier. An owner who may not open that dossier hands over to who links it."""
    commitment = signal.commitment
    commitment.dossier = dossier.root or dossier
    raise_version(commitment)
    commitment.save(update_fields=["dossier", "version"])
    for row in signal.signal_papers.select_related("paper"):
        row.paper.dossier = commitment.dossier
        row.paper.save(update_fields=["dossier"])
    mine = actor.acting_in(commitment.team_id)
    if commitment.is_open and mine and not _can_open(commitment, at):
        move_owner(actor=actor, at=at, commitment=commitment, owner=Membership.objects.select_related("worker", "team").get(pk=mine))
    return commitment


def _can_open(commitment: Commitment, at: datetime) -> bool:
    worker = Worker.objects.get(memberships=commitment.owner_id)
    return Dossier.objects.visible_to(worker_actor(worker, at=at)).filter(pk=commitment.dossier_id).exists()


@step
def settle_signal(
    *, actor: Actor, at: datetime, signal: Signal, outcome: str = "case_opened", dossier: Dossier | None = None,
    kind: str = Decision.Kind.CASE, feedback: str | None = None, feedback_text: str = "",
) -> Decision:  # fmt: skip
    """Close a signal because it goes on elsewhere, as a rule in a case; a waiting decision falls away.

    Without `feedback` the reporter gets our standard mail; who can only be called becomes a thing to do for the owner.
    Raises Refused when it is finished already.
    """
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=signal.commitment_id)
    signal.commitment = commitment
    if not commitment.is_open:
        raise Refused(_("This signal is already finished. Open it to see what was decided."))
    signal.decisions.filter(state=Decision.State.WAITING).update(state=Decision.State.WITHDRAWN)
    if dossier is not None:
        attach_dossier(actor=actor, at=at, signal=signal, dossier=dossier)
    by = actor.worker_id or commitment.owner.worker_id
    decision = Decision(signal=signal, kind=kind, by_id=by, at=at, feedback=feedback or "", feedback_text=feedback_text)
    tell_reporter(actor=actor, at=at, decision=decision)
    decision.save()
    close_commitment(actor=actor, at=at, commitment=commitment, outcome=outcome)
    return decision

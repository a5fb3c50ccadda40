"""A signal comes back on the reporter's word, or because a colleague sees more."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Membership
from nabij.access.queries import on_duty
from nabij.commitments.actions import end_pause, reopen_commitment, set_due
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, Kind
from nabij.signals.models import Decision, Signal
from nabij.signals.terms import REPLY_READ_WITHIN

from .deciding import DECIDES


@action("signals.reopen", allow=DECIDES, on="signal")
def reopen_signal(*, actor: Actor, at: datetime, signal: Signal) -> Signal:
    """Open a finished signal again, wake a resting one, or bring an open one's date nearer: somebody looks on the next working day.

    The decisions so far are withdrawn when it was finished. Owner: who coordinates the resident's case, else who answered last, else duty.
    """
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=signal.commitment_id)
    signal.commitment = commitment
    due = end_of(working_days_after(actor.on, REPLY_READ_WITHIN))
    if not commitment.is_open:
        signal.decisions.filter(state=Decision.State.STANDS).update(state=Decision.State.WITHDRAWN)
        reopen_commitment(actor=actor, at=at, commitment=commitment, owner=_who_answers(commitment, actor), due_at=due)
    elif commitment.pauses.filter(ended_at__isnull=True).exists():
        end_pause(actor=actor, at=at, commitment=commitment, due_at=due)
    elif commitment.due_at > due:
        set_due(actor=actor, at=at, commitment=commitment, due_at=due)
    return signal


def _who_answers(commitment: Commitment, actor: Actor) -> Membership:
    if commitment.dossier_id:
        case = Commitment.objects.open().filter(dossier__root__merged=commitment.dossier_id, kind=Kind.CASE).select_related("owner__team").first()
        if case is not None:
            return case.owner
    running = Membership.objects.on(actor.on).filter(worker__blocked_at__isnull=True).select_related("team")
    last = running.filter(pk=commitment.owner_id).first()
    return last or on_duty(team=commitment.team, on=actor.on)

"""The questions of triage: does somebody ask for support, is somebody unsafe, is it about a child?"""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import Scope, action, raise_version, step
from nabij.access.models import Role
from nabij.commitments.actions import set_due
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused
from nabij.signals.models import Signal
from nabij.signals.terms import investigated_by, look_by, raised_urgency

from .telling import confirm_report

CLASSIFIES = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}


@action("signals.classify", allow=CLASSIFIES, on="signal")
def classify_signal(
    *, actor: Actor, at: datetime, signal: Signal, asks_support: bool | None = None, unsafe: bool = False, about_child: bool = False
) -> Signal:
    """Answer the questions of triage. Asking for support is a Wmo report from the moment of receipt (Wmo 2015 art. 2.3.2): six weeks.

    `unsafe` and `about_child` can be raised, never lowered: the second person's word is the way to set them aside.
    Raises Refused when finished, or when a Wmo report would be taken back.
    """
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=signal.commitment_id)
    signal.commitment = commitment
    if not commitment.is_open:
        raise Refused(_("This signal is already finished. Open it to see what was decided."))
    if asks_support is False and signal.asks_support:
        raise Refused(
            _("This is a Wmo report already. When the resident takes the question back, write that in your decision."), field="asks_support"
        )
    is_new_report = bool(asks_support) and not signal.asks_support
    if asks_support is not None:
        signal.asks_support = asks_support
        commitment.term_at = _term(signal, commitment, asks_support)
    raise_version(signal)
    signal.save(update_fields=["asks_support", "version"])
    commitment.save(update_fields=["term_at"])
    if is_new_report:
        confirm_report(actor=actor, at=at, signal=signal)
    return raise_risk(actor=actor, at=at, signal=signal, unsafe=unsafe, about_child=about_child)


def _term(signal: Signal, commitment: Commitment, asks_support: bool) -> datetime | None:
    """Return the term that counts: of arrears their own stays, and the nearest of the two when somebody also asks for support."""
    own = commitment.term_at if signal.channel == Signal.Channel.DEBT else None
    wmo = investigated_by(on=localdate(signal.received_at), agreed=agreements_of(municipality=commitment.municipality)) if asks_support else None
    return min((term for term in (own, wmo) if term), default=None)


@step
def raise_risk(*, actor: Actor, at: datetime, signal: Signal, unsafe: bool, about_child: bool) -> Signal:
    """Mark a signal as unsafe or about a child; urgency rises with it and the next date comes nearer."""
    signal.unsafe, signal.about_child = signal.unsafe or unsafe, signal.about_child or about_child
    signal.save(update_fields=["unsafe", "about_child"])
    commitment = signal.commitment
    urgency = raised_urgency(commitment.urgency, unsafe=signal.unsafe, about_child=signal.about_child)
    if not commitment.is_open or urgency == commitment.urgency:
        return signal
    commitment.urgency = urgency
    commitment.save(update_fields=["urgency"])
    due = look_by(urgency=urgency, at=at, on=actor.on, agreed=agreements_of(municipality=commitment.municipality))
    if due < commitment.due_at:
        set_due(actor=actor, at=at, commitment=commitment, due_at=due)
    return signal

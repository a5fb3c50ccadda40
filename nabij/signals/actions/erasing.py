"""Empty signals; the anonymous row stays, so that figures and history stay whole."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Dossier
from nabij.papers.actions import erase_paper
from nabij.post.actions import erase_mail_about
from nabij.signals.models import Reporter, Signal
from nabij.signals.terms import ERASED


@step
def erase_signals(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty every signal about a resident; return how many."""
    rows = list(Signal.objects.filter(commitment__dossier=dossier).select_related("commitment"))
    for signal in rows:
        erase_signal(actor=actor, at=at, signal=signal)
    return len(rows)


@step
def erase_signal(*, actor: Actor, at: datetime, signal: Signal) -> Signal:
    """Take words, place, reporter, reasons, files and mail of one signal away; its number no longer answers."""
    signal.words, signal.who, signal.place, signal.receipt_mark = ERASED, ERASED, "", None
    signal.save(update_fields=["words", "who", "place", "receipt_mark"])
    signal.commitment.what = ERASED
    signal.commitment.save(update_fields=["what"])
    for reporter in Reporter.objects.filter(signal=signal):
        reporter.name = reporter.phone = reporter.email = reporter.relation = reporter.organisation = ""
        reporter.can_mail = reporter.can_call = reporter.call_back = False
        reporter.save()
    for decision in signal.decisions.all():
        decision.reason = ERASED if decision.reason else ""
        decision.agreed_with = decision.sooner_if = decision.second_words = decision.feedback_text = ""
        decision.save()
    for row in signal.signal_papers.select_related("paper").filter(paper__erased_at__isnull=True):
        erase_paper(actor=actor, at=at, paper=row.paper)
    erase_mail_about(actor=actor, at=at, kind="signal", ref=signal.ref)
    return signal

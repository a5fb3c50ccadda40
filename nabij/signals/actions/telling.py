"""What the reporter hears: never who, never what was decided about somebody, never a word about health."""

import re
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import step
from nabij.commitments.actions import open_task
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Task
from nabij.core.errors import Refused
from nabij.core.text import plain
from nabij.post.actions import queue_mail
from nabij.signals.models import Decision, Reporter, Signal
from nabij.signals.terms import ARRIVED_AT_RISK, ARRIVED_WITHIN, HEALTH_WORDS, investigated_by, plan_until

Feedback = Decision.Feedback
TELLS = [Feedback.MAILED, Feedback.CALLED, Feedback.TO_CALL]
NAMES = re.compile(r"\b[A-ZÀ-Þ][\w'-]{3,}")


@step
def check_feedback(*, actor: Actor, at: datetime, decision: Decision) -> Reporter | None:
    """Fill in what the reporter hears when nothing was chosen, and refuse what cannot be or would tell too much; return the reporter.

    Raises Refused: by mail without address, "not possible" without a reason although we can reach them, a name or health word in the mail.
    """
    reporter = Reporter.objects.filter(signal=decision.signal).first()
    by_mail, by_phone = bool(reporter and reporter.can_mail), bool(reporter and reporter.can_call)
    if not decision.feedback and decision.signal.decisions.filter(state="stands", feedback__in=TELLS).exists():
        decision.feedback = Feedback.TOLD
    if not decision.feedback:
        reached = Feedback.MAILED if by_mail else Feedback.TO_CALL if by_phone else Feedback.IMPOSSIBLE
        decision.feedback = reached if reporter else Feedback.NONE
    chosen, text = decision.feedback, decision.feedback_text
    if chosen == Feedback.MAILED and not by_mail:
        raise Refused(_("We have no e-mail address of the reporter. Choose another way."), field="feedback")
    if chosen == Feedback.TO_CALL and not by_phone:
        raise Refused(_("We have no telephone number of the reporter. Choose another way."), field="feedback")
    if chosen == Feedback.NONE and reporter:
        raise Refused(_("There is a reporter. Say how they hear from us."), field="feedback")
    if chosen == Feedback.IMPOSSIBLE and (by_mail or by_phone) and not text.strip():
        raise Refused(_("We have a number or address of the reporter. Write down why it does not work."), field="feedback_text")
    if chosen == Feedback.MAILED and text:
        _refuse_telling_words(decision.signal, text)
    return reporter


@step
def tell_reporter(*, actor: Actor, at: datetime, decision: Decision) -> Decision:
    """Send or plan what the reporter hears, in the transaction of the decision. Raises Refused (see check_feedback)."""
    reporter = check_feedback(actor=actor, at=at, decision=decision)
    signal = decision.signal
    if reporter and decision.feedback == Feedback.MAILED:
        with translation.override(settings.LANGUAGE_CODE):
            subject, body = _("Your message to the neighbourhood team"), _mail_text(decision.feedback_text, signal)
        decision.feedback_text = decision.feedback_text or body
        queue_mail(actor=actor, at=at, to=reporter.email, subject=subject, body=body, kind="signal", ref=signal.ref)
    if reporter and decision.feedback == Feedback.TO_CALL:
        # without dossier: on the resident's page nothing points at a reporter
        days = agreements_of(municipality=signal.commitment.municipality).days("signal_call")
        _leave(actor, at, signal, what=gettext_noop("Call the reporter back"), days=days)
    return decision


@step
def ask_arrival(*, actor: Actor, at: datetime, signal: Signal) -> Task:
    """Leave with the owner to ask whether what was passed on arrived: sending closes no loop, and silence comes back to who sent it."""
    days, here = ARRIVED_AT_RISK if signal.at_risk else ARRIVED_WITHIN, signal.commitment
    return _leave(actor, at, signal, what=gettext_noop("Passed on: did it arrive?"), days=days, dossier=here.dossier, urgency=here.urgency)


def _leave(actor: Actor, at: datetime, signal: Signal, *, what: str, days: int, **more: Any) -> Task:
    owner = signal.commitment.owner
    with translation.override(settings.LANGUAGE_CODE):
        more |= {"what": _(what), "note": _("About the signal of %(day)s.") % {"day": f"{localdate(signal.received_at):%d-%m-%Y}"} + f" /signals/{signal.ref}"}
    return open_task(actor=actor, at=at, owner=owner, team=owner.team, due_at=end_of(working_days_after(actor.on, days)), **more)


@step
def confirm_report(*, actor: Actor, at: datetime, signal: Signal) -> bool:
    """Confirm a Wmo report to who made it for themselves, by mail (Wmo 2015 art. 2.3.2: receipt, client support, a plan of one's own).

    The days are those that the region agreed on, so that nobody is promised another term than the one that runs. Return whether a mail was
    queued: without an address the colleague on the telephone says it.
    """
    reporter = Reporter.objects.filter(signal=signal, can_mail=True).first()
    if reporter is None or not signal.asks_support or signal.about != Signal.About.SELF:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("We have received your question for support")
        body = _(
            "Hello,\n\nWe have received your question for support on %(day)s. We look into it together with you. You get the result in writing by %(result)s.\n"
            "A client supporter can help you with this, free of charge. You can hand in a plan of your own until %(plan)s.\n\n"
            "You can reply to this mail.\n\nThe neighbourhood team"
        ) % {name: f"{day:%d-%m-%Y}" for name, day in _days_of(signal).items()}
    queue_mail(actor=actor, at=at, to=reporter.email, subject=subject, body=body, kind="signal", ref=signal.ref)
    return True


def _days_of(signal: Signal) -> dict[str, date]:
    on, agreed = localdate(signal.received_at), agreements_of(municipality=signal.commitment.municipality)
    return {"day": on, "result": localdate(investigated_by(on=on, agreed=agreed)), "plan": plan_until(on=on, agreed=agreed)}


def _mail_text(own_words: str, signal: Signal) -> str:
    if own_words:
        return own_words
    if signal.about == Signal.About.SELF:
        return _(
            "Hello,\n\nThank you for your message. A colleague of the neighbourhood team has taken it up with you, or will do so soon.\n\n"
            "You can reply to this mail.\n\nThe neighbourhood team"
        )
    return _(
        "Hello,\n\nThank you for telling us. A colleague has looked at your message and we know what we do with it.\n"
        "To protect others we cannot tell you more.\n\nDo you see something new? Reply to this mail, or call us.\n\nThe neighbourhood team"
    )


def _refuse_telling_words(signal: Signal, text: str) -> None:
    named = {plain(word) for word in NAMES.findall(signal.who)} & set(plain(text).split())
    if named:
        raise Refused(_("The mail names the person it is about. Take the name out: mail can be read by others."), field="feedback_text")
    if any(stem in plain(text) for stem in HEALTH_WORDS):
        raise Refused(_("The mail says something about health. Take it out, or call instead: mail can be read by others."), field="feedback_text")

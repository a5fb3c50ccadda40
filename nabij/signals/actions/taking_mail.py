"""A message in the mailbox becomes a signal, or joins the signal it answers."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.audit.models import Event
from nabij.post.actions import settle_mail
from nabij.post.models import Incoming
from nabij.post.parse import forwarded_from
from nabij.post.queries import thread_of_mail
from nabij.signals.models import Signal, SignalPaper
from nabij.signals.queries import colleague_with
from nabij.signals.terms import ERASED, MAIL_MAY_LIE

from .receiving import receive_signal
from .reopening import reopen_signal


@action("signals.take_mail", allow={}, on="incoming", event=Event.CREATE)
def take_mail(*, actor: Actor, at: datetime, incoming: Incoming) -> Signal:
    """Make one received message a signal, or add it to the signal it answers, which then opens again. One transaction: all or nothing.

    Raises Refused when the message was handled before, also by another process.
    """
    signal = _answered_signal(incoming)
    if signal is not None:
        settle_mail(actor=actor, at=at, incoming=incoming, state=Incoming.State.LINKED, kind="signal", ref=signal.ref)
        reopen_signal(actor=actor, at=at, signal=signal)
    else:
        signal = receive_signal(
            actor=actor, at=at, channel=Signal.Channel.EMAIL, about=Signal.About.PERSON, who=incoming.subject or _("Message without subject"),
            words=incoming.story or incoming.subject or _("Message without words; see the files."), team=incoming.team,
            received_at=_arrival(incoming, at), source_key=f"mail:{incoming.digest}", **_told_by(incoming, actor),
        ).signal  # fmt: skip
        settle_mail(actor=actor, at=at, incoming=incoming, state=Incoming.State.SIGNAL, kind="signal", ref=signal.ref)
    SignalPaper.objects.bulk_create([SignalPaper(signal=signal, paper_id=file.paper_id) for file in incoming.files.all()])
    return signal


def _answered_signal(incoming: Incoming) -> Signal | None:
    thread = thread_of_mail(incoming=incoming)
    if thread is None or thread.kind != "signal":
        return None
    rows = Signal.objects.filter(ref=thread.ref).exclude(words=ERASED).select_related("commitment__team")
    return rows.filter(commitment__municipality_id=incoming.team.municipality_id).first()


def _arrival(incoming: Incoming, at: datetime) -> datetime:
    """A mail counts from the day it was sent, unless that date cannot be true."""
    sent = incoming.sent_at
    return sent if sent and at - timedelta(days=MAIL_MAY_LIE) < sent <= at else at


def _told_by(incoming: Incoming, actor: Actor) -> dict[str, Any]:
    """Return who told it: of a mail that a colleague sent on, who wrote it first; the colleague wrote it down."""
    colleague = colleague_with(email=incoming.from_address, municipality_id=incoming.team.municipality_id, on=actor.on) if incoming.is_forward else None
    name, address = forwarded_from(incoming.quoted) if colleague else ("", "")
    if colleague is None or not (name or address):
        return {"reporter": _sender(incoming.from_name or incoming.from_address, incoming.from_address if incoming.may_be_answered else "")}
    return {"reporter": _sender(name, address), "recorded_by": colleague}


def _sender(name: str, address: str) -> dict[str, object]:
    told = name or address
    try:
        validate_email(address)
    except ValidationError:
        address = ""  # the message itself keeps what stood there
    return {"openness": "known", "name": told, "email": address}

"""Bring a mailbox in: every message becomes a signal, joins one, or is refused with a reason; none lost, none twice."""

import csv
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from nabij.access.actor import Actor, system_actor
from nabij.access.models import Team
from nabij.core.errors import Absent
from nabij.core.text import harmless
from nabij.post.imap import Address, Mailbox, address_of
from nabij.post.mailbox import MailboxError, iter_mail
from nabij.post.models import Incoming
from nabij.post.queries import unhandled_since, waiting_mail
from nabij.post.reception import Tally, receive_all, take_in_raw

from .actions import take_mail
from .queries import team_named

log = logging.getLogger(__name__)
HEADS = ["file", "received", "sender", "subject", "code", "reason"]


@dataclass(slots=True)
class MailReport:
    """What became of a mailbox: `tally` of the reading, `became` per state, `failed` with what went wrong (they come again)."""

    tally: Tally = field(default_factory=Tally)
    became: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)


def count_messages(*, path: Path) -> int:
    """Return how many messages lie at a path. Raises MailboxError when there is no mailbox."""
    return sum(1 for _message in iter_mail(path))


def import_mail(*, path: Path, team: Team, at: datetime, seen: Callable[[int], object] = bool) -> MailReport:
    """Take in every message at `path` for a team, each in its own transactions; `seen` hears how many were read so far.

    A message that fails keeps waiting and comes again in the next run, as after a crash. Raises MailboxError.
    """
    report, actor = MailReport(), system_actor(at=at)
    for incoming in receive_all(path=path, team=team, at=at, actor=actor, tally=report.tally):
        _handle(incoming, report, actor, at)
        seen(report.tally.read)
    seen(report.tally.read)
    return report


def fetch_mail(*, address: Address, team: Team, at: datetime) -> MailReport:
    """Take in what lies in an IMAP mailbox; each message is put away only after what became of it is committed.

    Stopped at any moment nothing is lost, and what comes again is known by its digest. Raises MailboxError.
    """
    report, actor = MailReport(), system_actor(at=at)
    with Mailbox(address) as mailbox:
        for number, raw in mailbox.messages():
            incoming = take_in_raw(raw=raw, team=team, at=at, actor=actor, tally=report.tally)
            if incoming is None:
                continue
            if incoming.state == Incoming.State.RECEIVED:
                _handle(incoming, report, actor, at)
            if incoming.state != Incoming.State.RECEIVED:
                mailbox.put_away(number, refused=incoming.state == Incoming.State.REFUSED)
    for incoming in waiting_mail(team=team):  # stored by a run that stopped, or refused before and accepted since
        _handle(incoming, report, actor, at)
    return report


def mail_job(*, at: datetime) -> dict[str, int]:
    """Fetch the mailbox when there is one, and handle all mail that waits, of every team: what a stopped run or a colleague left."""
    report = MailReport()
    if settings.IMAP_URL:
        try:
            report = fetch_mail(address=address_of(url=settings.IMAP_URL, password=settings.IMAP_PASSWORD), team=team_named(name=""), at=at)
        except (MailboxError, Absent) as problem:  # the next turn tries again; the log says why
            log.warning("mailbox not fetched: %s", problem)
    for incoming in unhandled_since(moment=at):
        _handle(incoming, report, system_actor(at=at), at)
    return dict(report.became)


def _handle(incoming: Incoming, report: MailReport, actor: Actor, at: datetime) -> None:
    try:
        take_mail(actor=actor.again(), at=at, incoming=incoming)
    except Exception as problem:  # one message must not keep the others waiting; it is stored and comes again
        log.warning("message not handled: %s", type(problem).__name__)
        report.failed.append((incoming.source, type(problem).__name__))
    else:
        report.became[incoming.state] += 1


def write_refused(*, file: Path, team: Team) -> int:
    """Write the refused messages of a team, with their reasons, to a CSV file that only its owner may read; return how many."""
    rows = Incoming.objects.refused().filter(team=team, erased_at__isnull=True).order_by("id")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    with file.open("w", newline="", encoding="utf-8-sig") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADS)
        for row in rows:
            cells = [row.source, f"{row.received_at:%Y-%m-%d %H:%M}", row.from_address, row.subject, row.refusal, row.refusal_words]
            writer.writerow([harmless(cell) for cell in cells])
    return len(rows)

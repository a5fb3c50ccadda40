"""Bring a mailbox in, message by message, each in its own transaction: none lost, none twice, also after a crash."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from nabij.access.actor import Actor, system_actor
from nabij.access.models import Team

from .actions import receive_mail
from .mailbox import RawMail, iter_mail
from .models import Incoming
from .parse import parse_mail
from .queries import mail_with_digest, waiting_mail

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """What an import saw. `read` = `new` + `known` + problems; `refused` counts new messages per reason."""

    read: int = 0
    new: int = 0
    known: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[str, str]] = field(default_factory=list)


def receive_all(
    *, path: Path, team: Team, at: datetime, actor: Actor | None = None, tally: Tally | None = None
) -> Iterator[Incoming]:
    """Yield every message that waits to be handled, storing what is new at `path` (folder, maildir or mbox) on the way.

    Handle each in one transaction that ends in `settle_mail`. What was yielded but not settled comes again in the next run,
    also when its file is gone. A file that cannot be read is in `tally.problems` and comes again too.
    Raises MailboxError when there is no mailbox at `path`.
    """
    actor, tally = actor or system_actor(at=at), tally or Tally()
    seen: set[int] = set()
    for raw in iter_mail(path):
        tally.read += 1
        incoming = _take_in(raw, team, at, actor, tally)
        if incoming and incoming.state == Incoming.State.RECEIVED and incoming.pk not in seen:
            seen.add(incoming.pk)
            yield incoming
    for incoming in waiting_mail(team=team):
        if incoming.pk not in seen:
            yield incoming


def take_in_raw(*, raw: RawMail, team: Team, at: datetime, actor: Actor, tally: Tally) -> Incoming | None:
    """Store one message, once, and return it as it stands; None when it could not be stored (see `tally.problems`)."""
    tally.read += 1
    return _take_in(raw, team, at, actor, tally)


def _take_in(raw: RawMail, team: Team, at: datetime, actor: Actor, tally: Tally) -> Incoming | None:
    if raw.problem:
        tally.problems.append((raw.source, raw.problem))
        return None
    try:
        mail = parse_mail(raw.raw, size=raw.size, max_bytes=settings.MAIL_LIMIT_BYTES)
        known = mail_with_digest(digest=mail.digest)
        if known is not None:
            tally.known += 1
            return known
        incoming: Incoming = receive_mail(
            actor=actor.again(), at=at, raw=raw.raw, size=raw.size, source=raw.source, team=team, mail=mail
        )
    except Exception as problem:  # one message that cannot be stored must not keep the others out; it comes again
        log.warning("message not stored: %s", type(problem).__name__)
        tally.problems.append((raw.source, type(problem).__name__))
        return None
    tally.new += 1
    if incoming.refusal:
        tally.refused[incoming.refusal] += 1
    return incoming

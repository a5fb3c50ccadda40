"""Write the mails that are due. The job of `nabij work`, and the command `nabij digest`."""

import logging
from collections import Counter
from datetime import datetime

from django.db import Error, IntegrityError
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.core.errors import Refused

from . import queries
from .actions import send_digest
from .words import written

log = logging.getLogger(__name__)


def send_due_digests(*, at: datetime) -> Counter[str]:
    """Write the mail of everybody whose hour has come and who had none today; return how many were mailed, had nothing, or failed.

    Running it again, or two at once, mails nobody twice.
    """
    counts: Counter[str] = Counter()
    workers = queries.due_workers(at=at)
    house = queries.read_house(at=at) if workers else None
    for worker in workers:
        morning = queries.morning_of(worker=worker, at=at, house=house)
        subject, body = ("", "") if morning.is_empty else written(morning=morning, name=worker.name)
        try:
            send_digest(actor=system_actor(at=at), at=at, worker=worker, subject=subject, body=body)
        except IntegrityError:  # another sender was first
            continue
        except (Error, Refused) as problem:  # the address cannot be one, or the database is busy: the others still get theirs
            log.warning("a digest was not written: %s", type(problem).__name__)
            counts["failed"] += 1
        else:
            counts["mailed" if subject else "nothing"] += 1
    return counts


def job() -> dict[str, int]:
    """Do this now: for the schedule of jobs."""
    return dict(send_due_digests(at=timezone.now()))

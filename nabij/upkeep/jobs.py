"""What runs by itself, and when. `nabij work` puts these rows in place and does them."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_q.models import Schedule

from nabij.access.actor import system_actor
from nabij.audit.actions import seal_entries
from nabij.commitments.clock import start_of
from nabij.debts.taking_in import go_on
from nabij.post.delivery import send_due
from nabij.residents import actions as residents
from nabij.residents.models import Knock
from nabij.signals.mailroom import mail_job

from . import sweep as sweeping

DAILY, MINUTES = Schedule.DAILY, Schedule.MINUTES


def send_mail() -> dict[str, int]:
    """Send what waits in the outbox."""
    return dict(send_due(at=timezone.now()))


def seal() -> str:
    """Seal the record of who did and saw what since the last seal."""
    made = seal_entries(at=timezone.now())
    return made.hmac if made else ""


def sweep() -> Counter[str]:
    """Check every promise and repair what time broke."""
    return Counter({finding.code: finding.found for finding in sweeping.sweep(at=timezone.now())})


def tell_searched() -> int:
    """Tell the people of a restricted dossier that somebody searched for it."""
    now = timezone.now()
    return len(residents.tell_searched(actor=system_actor(at=now), at=now)) if Knock.objects.exists() else 0


def hand_on() -> int:
    """At the end of the duty: what nobody took goes to the next duty worker."""
    return sweeping.hand_on_duty(at=timezone.now()).repaired


def fetch_mail() -> dict[str, int]:
    """Take in what lies in the mailbox, when there is one, and what waits to be handled."""
    return mail_job(at=timezone.now())


def take_debts() -> int:
    """Go on with every file of arrears whose run stopped or was begun on a page."""
    return go_on(at=timezone.now())


def _next(at: datetime, hour: int, minute: int) -> datetime:
    today = start_of(timezone.localdate(at)) + timedelta(hours=hour, minutes=minute)
    return (
        today
        if today > at
        else start_of(timezone.localdate(at) + timedelta(days=1)) + timedelta(hours=hour, minutes=minute)
    )


def wanted(*, at: datetime) -> dict[str, dict[str, Any]]:
    """Return every job by name with its rhythm and first moment; times are local."""
    return {
        "mail": {"func": "nabij.upkeep.jobs.send_mail", "schedule_type": MINUTES, "minutes": 1, "next_run": at},
        "seal": {"func": "nabij.upkeep.jobs.seal", "schedule_type": MINUTES, "minutes": 15, "next_run": at},
        "searched": {"func": "nabij.upkeep.jobs.tell_searched", "schedule_type": MINUTES, "minutes": 5, "next_run": at},
        "fetch": {"func": "nabij.upkeep.jobs.fetch_mail", "schedule_type": MINUTES, "minutes": 2, "next_run": at},
        "debts": {"func": "nabij.upkeep.jobs.take_debts", "schedule_type": MINUTES, "minutes": 1, "next_run": at},
        # a name, not an import: the room of the mails stands above this one
        "digest": {"func": "nabij.digests.sending.job", "schedule_type": MINUTES, "minutes": 20, "next_run": at},
        "duty": {"func": "nabij.upkeep.jobs.hand_on", "schedule_type": DAILY, "next_run": _next(at, 17, 5)},
        "sweep": {"func": "nabij.upkeep.jobs.sweep", "schedule_type": DAILY, "next_run": _next(at, 2, 30)},
    }


def put_in_place(*, at: datetime) -> None:
    """Make the schedule what `wanted` says, and keep the next moment of a job that was there; other rows of ours go."""
    jobs = wanted(at=at)
    Schedule.objects.filter(func__startswith="nabij.").exclude(name__in=list(jobs)).delete()
    for name, job in jobs.items():
        rhythm = {**job, "repeats": -1}
        rhythm.pop("next_run")
        Schedule.objects.update_or_create(name=name, defaults=rhythm, create_defaults={**job, "repeats": -1})

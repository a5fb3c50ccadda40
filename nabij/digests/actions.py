"""Choose the mail; write it once a day."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Role, Scope, Worker
from nabij.audit.models import Event
from nabij.post.actions import queue_mail

from .models import DigestChoice, DigestDay

READERS = {role.value: Scope.OWN for role in Role}


@action("digests.preferences", allow=READERS, on="choice")
def save_choice(*, actor: Actor, at: datetime, choice: DigestChoice | None, rhythm: str, hour: int, free_days: bool) -> DigestChoice:
    """Choose how often and at what hour the mail comes; everybody for oneself."""
    fresh = choice is None
    choice = choice or DigestChoice(worker_id=actor.worker_id)
    choice.rhythm, choice.hour, choice.free_days = rhythm, hour, free_days
    if not fresh:
        raise_version(choice)
    choice.save()
    return choice


@action("digests.send", allow={}, event=Event.CREATE)
def send_digest(*, actor: Actor, at: datetime, worker: Worker, subject: str = "", body: str = "") -> DigestDay:
    """Put one mail for one colleague in the outbox, and remember that this day is done; without a subject there was nothing to tell.

    The database allows one a day: a second sender at the same moment fails and writes nothing.
    """
    day = DigestDay.objects.create(worker=worker, on=actor.on, at=at, mailed=bool(subject))
    if subject:
        queue_mail(actor=actor, at=at, to=worker.email, subject=subject, body=body, kind="digest", ref=worker.ref)
    return day

"""The outbox: write a mail in the transaction of the act, claim it, record how sending went."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, step
from nabij.audit.models import Event
from nabij.core.errors import Refused
from nabij.core.text import one_line
from nabij.post.models import Outgoing
from nabij.post.queries import due_mail

WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]  # after the first, second .. failed try


@step
def queue_mail(
    *,
    actor: Actor,
    at: datetime,
    to: str,
    subject: str,
    body: str,
    kind: str = "",
    ref: str = "",
    not_before: datetime | None = None,
) -> Outgoing:
    """Put a mail in the outbox; it leaves only when the act around it is committed. Neither name nor health fact stands in it.

    `kind` and `ref`: the record it is about, to which a reply returns. Raises Refused when the address cannot be one.
    """
    address = to.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(_("This is not an e-mail address. Write it like name@example.nl."), field="email") from None
    return Outgoing.objects.create(
        to=address,
        subject=one_line(subject, 150),
        body=body,
        about_kind=kind,
        about_ref=ref,
        created_at=at,
        not_before=max(at, not_before or at),
    )


@step
def cancel_mail(*, actor: Actor, at: datetime, kind: str, ref: str) -> int:
    """Take every unsent mail about a record out of the outbox (death, withdrawal); return how many. Sent mail stays as it is."""
    return Outgoing.objects.waiting().filter(about_kind=kind, about_ref=ref).update(cancelled_at=at)


@action("post.claim", allow={})
def claim_due(*, actor: Actor, at: datetime, limit: int = 50) -> list[Outgoing]:
    """Claim mails to send now, so that no other sender takes them. A claim of 15 minutes ago counts as crashed."""
    rows = due_mail(at=at)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    claimed = list(rows[:limit])
    Outgoing.objects.filter(pk__in=[mail.pk for mail in claimed]).update(claimed_at=at, attempts=F("attempts") + 1)
    for mail in claimed:
        mail.claimed_at, mail.attempts = at, mail.attempts + 1
    return claimed


@action("post.sent", allow={}, on="mail", event=Event.TRANSFER)
def record_sent(*, actor: Actor, at: datetime, mail: Outgoing) -> Outgoing:
    """Record that the mail server took it; one that was cancelled while it left is recorded as sent, for that is what happened."""
    Outgoing.objects.filter(pk=mail.pk).update(
        sent_at=at, cancelled_at=None, gave_up_at=None, claimed_at=None, last_error="", version=F("version") + 1
    )
    mail.refresh_from_db()
    return mail


@action("post.failed", allow={}, on="mail")
def record_failed(*, actor: Actor, at: datetime, mail: Outgoing, error: str, final: bool = False) -> Outgoing:
    """Record a failed try: again after 1, 5, 15 minutes, 1, 4, 12 and 24 hours; then, or when `final`, given up and shown.

    `error` is a code, never the server's words: they repeat the address.
    """
    give_up = final or mail.attempts > len(WAITS)
    Outgoing.objects.waiting().filter(pk=mail.pk).update(
        claimed_at=None,
        last_error=error[:100] or "error",
        gave_up_at=at if give_up else None,
        not_before=at if give_up else at + WAITS[mail.attempts - 1],
        version=F("version") + 1,
    )
    mail.refresh_from_db()
    return mail


@action("post.release", allow={})
def release_claims(*, actor: Actor, at: datetime, mails: list[Outgoing]) -> int:
    """Give claimed mails back untried, without counting a try: the mail server cannot be reached."""
    rows = Outgoing.objects.waiting().filter(pk__in=[mail.pk for mail in mails])
    return rows.update(claimed_at=None, attempts=F("attempts") - 1)

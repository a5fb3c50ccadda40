"""The sender of the outbox: over SMTP, outside any transaction, so that a slow mail server blocks nobody."""

import smtplib
from collections import Counter
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from nabij.access.actor import Actor, system_actor

from .actions import claim_due, record_failed, record_sent, release_claims
from .models import Outgoing
from .queries import due_mail


def send_due(*, at: datetime, limit: int = 50, actor: Actor | None = None) -> Counter[str]:
    """Send what is due, at most `limit` mails; return how many are sent, waiting for another try, or given up.

    Each mail is claimed by one sender. After a crash between sending and recording it goes once more under the same
    Message-ID. When the mail server cannot be reached the rest is given back untried.
    """
    counts: Counter[str] = Counter()
    if not due_mail(at=at).exists():
        return counts
    actor = actor or system_actor(at=at)
    mails = claim_due(actor=actor.again(), at=at, limit=limit)
    connection = get_connection()
    for index, mail in enumerate(mails):
        error, final, unreachable = _send(mail, connection)
        if error:
            mail = record_failed(actor=actor.again(), at=at, mail=mail, error=error, final=final)
        else:
            mail = record_sent(actor=actor.again(), at=at, mail=mail)
        counts[mail.state] += 1
        if unreachable:
            release_claims(actor=actor.again(), at=at, mails=mails[index + 1 :])
            break
    _close(connection)
    return counts


def _send(mail: Outgoing, connection: BaseEmailBackend) -> tuple[str, bool, bool]:
    """Return the error code ("" when the server took it), whether trying again is useless, whether no server answers."""
    try:
        connection.open()
        _message(mail, connection).send()
    except smtplib.SMTPRecipientsRefused as problem:
        codes = [code for code, _words in problem.recipients.values()] or [450]
        return _failed(problem, codes[0], connection)
    except smtplib.SMTPResponseException as problem:
        return _failed(problem, problem.smtp_code, connection)
    except (OSError, smtplib.SMTPException) as problem:
        _close(connection)
        return type(problem).__name__, False, True
    except ValueError as problem:  # a mail that cannot be written down never can be
        return type(problem).__name__, True, False
    return "", False, False


def _failed(problem: Exception, code: int, connection: BaseEmailBackend) -> tuple[str, bool, bool]:
    _close(connection)
    at_the_door = isinstance(
        problem, smtplib.SMTPConnectError | smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError
    )
    return f"{type(problem).__name__} {code}", code >= 500 and not at_the_door, at_the_door


def _message(mail: Outgoing, connection: BaseEmailBackend) -> EmailMessage:
    # Automatic answering machines stay silent towards "auto-generated" (RFC 3834), so no two machines keep talking.
    headers = {"Message-ID": f"<{mail.message_id}>", "Auto-Submitted": "auto-generated"}
    reply_to = []
    if getattr(settings, "MAIL_PLUS_ADDRESS", False):
        local, _at, domain = settings.DEFAULT_FROM_EMAIL.partition("@")
        reply_to = [f"{local}+{mail.ref}@{domain}"]
    return EmailMessage(
        mail.subject,
        mail.body,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        connection=connection,
        headers=headers,
        reply_to=reply_to,
    )


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        pass

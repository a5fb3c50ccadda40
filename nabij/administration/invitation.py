"""The mail with which somebody chooses a password."""

import logging
from smtplib import SMTPException

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from nabij.access.models import Worker

LOG = logging.getLogger(__name__)


def send_password_mail(request: HttpRequest, worker: Worker) -> bool:
    """Send the mail with the link; tell whether the mail server took it. Nothing goes to somebody who is blocked."""
    form = ResetPasswordForm({"email": worker.email})
    if worker.blocked_at or not form.is_valid():
        return False
    try:
        form.save(request)
    except (OSError, SMTPException) as failed:
        LOG.warning("password mail not sent: %s", type(failed).__name__)
        return False
    return True

"""The mail with which somebody chooses a password, and its link for who installs and has no mail yet."""

import logging
from smtplib import SMTPException

from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

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


def password_link(worker: Worker) -> str:
    """Return the address where somebody chooses a first password: it works once, for three days, and belongs to nobody else."""
    key = default_token_generator.make_token(worker)
    return settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(worker), "key": key})

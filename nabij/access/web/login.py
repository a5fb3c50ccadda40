"""Log-in by e-mail address and password, counted by axes, second factor by allauth."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from nabij.access.actor import seated_worker
from nabij.access.models import Worker

JUST_NOW = 15 * 60  # seconds between the log-in and the picture with the code


class WorkerBackend(ModelBackend):
    """Checks the password of a worker who is active and not blocked."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any) -> Worker | None:
        email = username or kwargs.get("email")
        if not email or password is None:
            return None
        worker = Worker.objects.filter(email__iexact=email).first()
        if worker is None:
            Worker().set_password(password)  # take as long as for somebody who exists
            return None
        return worker if worker.check_password(password) and self.user_can_authenticate(worker) else None

    def get_user(self, user_id: int) -> Worker | None:
        worker = seated_worker(int(user_id), at=timezone.now())
        return worker if worker and self.user_can_authenticate(worker) else None

    def user_can_authenticate(self, user: Worker) -> bool:
        return user.is_active and user.blocked_at is None


class WorkerAdapter(DefaultAccountAdapter):
    """Accounts are made by a functional administrator, never by signing up."""

    # one text, whether the address is known or not
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("This e-mail address and this password do not belong together. Look at both once more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave wrong passwords to axes: allauth's limit, which nobody's address softens, is for codes of the second step."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Do not ask the password again of somebody who just typed it and still has to set up the second step."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < JUST_NOW
        if fresh and not is_mfa_enabled(self.request.user):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secret of a second factor encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is wrong or too old. Wait until the app shows a new one, and type that."),
    }

    def encrypt(self, text: str) -> str:
        from nabij.core.crypto import encrypt_text

        return encrypt_text(text, purpose="second-factor", about="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        from nabij.core.crypto import decrypt_text

        return decrypt_text(encrypted_text, purpose="second-factor", about="mfa")


def typed_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return whose log-in was tried: failures are counted per address, not for everybody behind the same router."""
    given = credentials or {}
    return str(given.get("email") or given.get("username") or request.POST.get("login", "")).strip().lower()[:254]


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer somebody who tried too often."""
    return render(request, "account/locked.html", status=429)

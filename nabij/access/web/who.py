"""Bring the actor to every request, and ask paid workers for their second factor."""

import ipaddress
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from nabij.access.actor import Actor, public_actor, worker_actor
from nabij.core.web.api import is_api, problem

Answer = Callable[[HttpRequest], HttpResponse]
# Pages on which a second factor is set up or asked, and the way out.
WITHOUT_SECOND_FACTOR = ("/account/", "/static/", "/language", "/health")


def is_loopback(request: HttpRequest) -> bool:
    """Return whether the request came from this very machine, and not through a proxy that stands on it."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes this request, judged now."""
    at = timezone.now()
    facts = {"request_id": request.POST.get("request_id", "")[:64], "origin": request.META.get("REMOTE_ADDR", "")}
    if request.user.is_authenticated:
        return worker_actor(request.user, at=at, **facts)
    return public_actor(at=at, **facts)


def _needs_second_factor(request: HttpRequest) -> bool:
    if request.session.get("second_factor") or not any(seat.paid for seat in request.actor.memberships):
        return False
    if settings.DEMO and request.user.is_demo and is_loopback(request):
        return False
    if Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        request.session["second_factor"] = True
        return False
    return True


def _must_leave(request: HttpRequest) -> bool:
    user = request.user
    return user.blocked_at is not None or (user.is_demo and not (settings.DEMO and is_loopback(request)))


def _away(request: HttpRequest, page: str, words: str) -> HttpResponse:
    """Send a reader to a page of the log-in; a program hears why not."""
    return problem(401, words) if is_api(request) else redirect(page)


def bring_actor(get_response: Answer) -> Answer:
    """Set `request.actor`; log out who was blocked; send a paid worker without second factor to set one up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        if not request.path.startswith("/static/") and request.user.is_authenticated:
            if _must_leave(request):
                logout(request)
                return _away(request, "account_login", _("This log-in does not work any more."))
            if not request.path.startswith(WITHOUT_SECOND_FACTOR) and _needs_second_factor(request):
                return _away(request, "mfa_activate_totp", _("Take the second step of the log-in first, in the browser."))
        return get_response(request)

    return middleware

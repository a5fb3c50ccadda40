"""The door of an endpoint for a partner: its key, how often it may ask, what it may send.

    from ninja import Router
    from nabij.partners.endpoints import BEARER, partner_endpoint

    router = Router(auth=BEARER, tags=["Signals"])

    @router.post("/signals", response=answers(201, Received), by_alias=True)
    @partner_endpoint("may_signals")
    def send_signal(request, ...): request.sender.partner, request.actor
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header
from ninja.errors import HttpError
from ninja.security import HttpBearer
from pydantic import StringConstraints

from nabij.access.actor import Actor
from nabij.core.web.api import Problem

from .actions import Made, send_once
from .queries import Sender, sender_with

Key = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{8,64}$")]
KEY: Any = Header(alias="Idempotency-Key", description="a key of your own for this sending: 8 to 64 letters, digits, - or _")
WINDOW = 60  # seconds


class TooOften(HttpError):
    """More requests in a minute than agreed."""

    def __init__(self, wait: int) -> None:
        super().__init__(429, _("Too many requests. Wait a minute."))
        self.wait = wait


class PartnerKey(HttpBearer):
    """The key of a partner, in the header Authorization."""

    def authenticate(self, request: HttpRequest, token: str) -> Sender | None:
        at = timezone.now()
        sender = sender_with(secret=token, at=at)
        if sender is None:
            return None
        origin = request.META.get("REMOTE_ADDR", "")
        request.actor = Actor("partner", at, name=sender.partner.name, origin=origin, partner_ref=sender.partner.ref)
        request.sender = sender
        return sender


BEARER = PartnerKey()


def answers(status: int, shape: Any, *more: int) -> dict[int, Any]:
    """Return what an endpoint for partners can answer."""
    return {status: shape, **dict.fromkeys((400, 401, 403, 422, 429, *more), Problem)}


def partner_endpoint(may: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an endpoint; `may`: what the partner must be allowed to send ("may_signals", "may_debts")."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            sender: Sender = request.sender
            _count(sender)
            if not getattr(sender.partner, may):
                raise HttpError(403, _("This key may not do this. Ask the municipality."))
            return view(request, *args, **kwargs)

        return door

    return wrap


def _count(sender: Sender) -> None:
    key = f"api-{sender.token.pk}"
    cache.add(key, 0, timeout=WINDOW)
    try:
        count = cache.incr(key)
    except ValueError:  # the minute ended between the two
        return
    if count > settings.API_PER_MINUTE:
        raise TooOften(WINDOW)


def send(request: HttpRequest, *, key: str, verb: str, run: Callable[[], Made]) -> dict[str, Any]:
    """Carry out one sending once and return the answer to the partner."""
    sender: Sender = request.sender
    digest = hashlib.sha256(request.body).hexdigest()
    made = send_once(
        actor=request.actor, at=request.actor.at, partner=sender.partner, token=sender.token, key=key, verb=verb, digest=digest, run=run
    )
    return made.answer

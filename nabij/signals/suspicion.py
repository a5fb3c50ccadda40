"""Does a program fill in the public form? Without a third party, and without ever throwing a worry away: what looks odd is only marked."""

from datetime import datetime

from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from nabij.core.crypto import sign

from .models import Signal
from .queries import sends_many
from .terms import FASTEST_PERSON, FORM_KEPT, STATUS_QUESTIONS_PER_HOUR

SIGNER = TimestampSigner(salt="nabij.signals.form")
Suspicion = Signal.Suspicion


def fresh_token() -> str:
    """Return a token that says when the form was shown."""
    return SIGNER.sign("shown")


def suspicion_of(*, trap: str, token: str, origin: str, at: datetime) -> str:
    """Return why this form was likely sent by a program, or nothing."""
    if trap:
        return Suspicion.TRAP
    try:
        SIGNER.unsign(token, max_age=FORM_KEPT)
    except SignatureExpired:
        pass  # somebody left the page open for a day: a person
    except BadSignature:
        return Suspicion.TOKEN
    if _age(token) < FASTEST_PERSON:
        return Suspicion.FAST
    return Suspicion.MANY if sends_many(origin=origin, at=at) else ""


def _age(token: str) -> float:
    try:
        SIGNER.unsign(token, max_age=FASTEST_PERSON)
    except SignatureExpired:
        return FASTEST_PERSON
    return 0


def asks_too_often(*, origin: str) -> bool:
    """Count one question about a receipt number from an address, and tell whether there are too many this hour."""
    key = f"status-{sign(origin.encode(), purpose='rate')[:32]}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > STATUS_QUESTIONS_PER_HOUR

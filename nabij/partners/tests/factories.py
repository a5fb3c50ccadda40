"""Partners for tests."""

from typing import Any

from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Municipality
from nabij.partners.actions import add_partner, make_token
from nabij.partners.models import Partner

FACTS = {"kind": "landlord", "purpose": "early help with arrears", "basis": "Wgs art. 3 lid 1 onder b"}


def make_partner(municipality: Municipality, name: str = "Woonvereniging De Vliet", **fields: Any) -> Partner:
    at = timezone.now()
    given = {**FACTS, "may_signals": True, "may_debts": True, **fields}
    return add_partner(actor=system_actor(at=at), at=at, municipality=municipality, name=name, **given)


def key_of(partner: Partner) -> str:
    """Make a key and return its secret."""
    at = timezone.now()
    return make_token(actor=system_actor(at=at), at=at, partner=partner).secret


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}

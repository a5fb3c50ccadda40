"""Small, plain makers of meldcodes for tests."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.meldcode.actions import sign_step, start_meldcode
from nabij.meldcode.models import Meldcode, MeldStep


def do(action: Any, member: Membership, at: datetime | None = None, **facts: Any) -> Any:
    at = at or timezone.now()
    return action(actor=actor_for(member, at), at=at, **facts)


def make_meldcode(member: Membership, dossier: Dossier) -> Meldcode:
    return do(start_meldcode, member, dossier=dossier)


def sign(member: Membership, meldcode: Meldcode, part: str = "signs", words: str = "Blauwe plek op de arm.", **facts: Any) -> MeldStep:
    return do(sign_step, member, meldcode=meldcode, part=part, words=words, **{"on": timezone.localdate(), **facts})

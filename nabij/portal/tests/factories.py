"""Small, plain makers of own pages for tests."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.casework.models import Case
from nabij.portal.actions import make_code, open_page
from nabij.portal.models import OwnPage


def do(action: Any, member: Membership, at: datetime | None = None, **facts: Any) -> Any:
    at = at or timezone.now()
    return action(actor=actor_for(member, at), at=at, **facts)


def make_page(member: Membership, dossier: Dossier, case: Case | None = None, parts: tuple[str, ...] = ("plan",), **facts: Any) -> OwnPage:
    talk = {"talk_on": timezone.localdate(), "phone_readers": "niemand", "mail_readers": "de dochter", "safe": True, **facts}
    return do(open_page, member, dossier=dossier, case=case, parts=parts, **talk)


def code_of(member: Membership, page: OwnPage) -> str:
    return do(make_code, member, page=page).words

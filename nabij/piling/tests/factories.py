"""Small, plain makers of what comes together, for tests."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.life_domains.actions import Given, score_domains
from nabij.piling.actions import record_assessment
from nabij.piling.models import Assessment
from nabij.signals.actions import receive_signal


def do(action: Any, member: Membership, at: datetime | None = None, **facts: Any) -> Any:
    at = at or timezone.now()
    return action(actor=actor_for(member, at), at=at, **facts)


def make_assessment(officer: Membership, **facts: Any) -> Assessment:
    return do(record_assessment, officer, **{"assessed_on": timezone.localdate(), "reference": "DPIA 2026-7", "by_whom": "FG", **facts})


def score(member: Membership, dossier: Dossier, days_ago: int = 0, audience: str = "team", **steps: int) -> Any:
    given = [Given(domain, step) for domain, step in steps.items()]
    return do(score_domains, member, dossier=dossier, happened_on=timezone.localdate() - timedelta(days_ago), given=given, audience=audience)


def signal(member: Membership, dossier: Dossier, **facts: Any) -> Any:
    said = {"channel": "phone", "about": "person", "words": "Er is iets.", "who": "Rie", "reporter": None, **facts}
    return do(receive_signal, member, dossier=dossier, **said).signal


def pile_up(member: Membership, dossier: Dossier) -> None:
    """Two low scores and a signal about a child: three life domains."""
    score(member, dossier, money=2, housing=1, people=4)
    signal(member, dossier, about_child=True)

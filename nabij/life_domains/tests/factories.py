"""Small, plain makers of moments for tests."""

from datetime import timedelta

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.life_domains.actions import Given, score_domains
from nabij.life_domains.models import Moment


def make_moment(by: Membership, dossier: Dossier, *given: Given, days_ago: int = 0, audience: str = "team") -> Moment:
    """Return a moment that this member wrote down, made by the action itself."""
    actor = actor_for(by)
    said = list(given) or [Given("money", 2, 3)]
    return score_domains(actor=actor, at=actor.at, dossier=dossier, happened_on=actor.on - timedelta(days_ago), given=said, audience=audience)

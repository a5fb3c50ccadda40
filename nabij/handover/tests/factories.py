"""Small, plain makers for tests of handing over."""

from datetime import date, timedelta

from django.utils import timezone

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for
from nabij.casework.models import Case
from nabij.casework.tests.factories import make_case
from nabij.handover.actions import offer_item, start_handover
from nabij.handover.models import Handover, HandoverItem
from nabij.handover.sources import left
from nabij.residents.tests.factories import make_resident


def make_residents(owner: Membership, *names: str) -> list[Case]:
    """Return a case for each name, coordinated by this member."""
    return [make_case(owner, make_resident(owner.team, "Bakker", call_name=name).dossier) for name in names]


def make_handover(membership: Membership, reason: str = "leave", days: int = 0, **fields: object) -> Handover:
    """Return a handover that the lead began."""
    day: date = timezone.localdate() + timedelta(days=days)
    return start_handover(actor=actor_for(membership.team.lead), at=timezone.now(), membership=membership, reason=reason, planned_on=day, **fields)


def make_item(case: Case, to: Membership, **fields: object) -> HandoverItem:
    """Return a question to a colleague about the resident of a case, asked by who coordinates it."""
    fields = {"told": "told", **fields}
    owner = case.commitment.owner
    return offer_item(actor=actor_for(owner), at=timezone.now(), membership=owner, to=to, dossier=case.commitment.dossier, **fields)


def left_of(membership: Membership) -> dict[str, int]:
    """Return how much this member still has to hand over today, by source."""
    return left(membership_ids=[membership.pk], on=timezone.localdate())[membership.pk]

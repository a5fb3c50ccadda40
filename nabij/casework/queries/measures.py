"""Reads of measures outside the rules."""

from decimal import Decimal

from nabij.access.actor import Actor
from nabij.access.models import Membership
from nabij.access.queries import fetch
from nabij.casework.models import Breakthrough, BreakthroughLimit, Case

from .plans import coordinators

UNSET = Decimal(0)  # a municipality that has set no amount: every euro asks for a colleague's word


def limit_of(*, municipality_id: int) -> Decimal:
    """Return up to which amount in euros somebody decides alone in this municipality; zero when nothing was set."""
    found = BreakthroughLimit.objects.filter(municipality_id=municipality_id).order_by("-from_at", "-pk").first()
    return found.amount if found else UNSET


def limits_of(*, municipality_id: int) -> list[BreakthroughLimit]:
    """Return the amounts that this municipality has set, the newest first."""
    return list(BreakthroughLimit.objects.filter(municipality_id=municipality_id).select_related("by__worker").order_by("-from_at", "-pk"))


def breakthrough_of(*, actor: Actor, ref: str) -> Breakthrough:
    """Return one measure with its activity and case. Raises Absent."""
    rows = Breakthrough.objects.select_related(
        "activity__commitment__owner__worker", "activity__commitment__team", "activity__commitment__dossier",
        "activity__case__commitment__owner__worker", "activity__case__commitment__team", "asked_by__worker", "peer__worker",
    )  # fmt: skip
    return fetch(rows, actor=actor, ref=ref)


def peers(*, actor: Actor, case: Case) -> list[Membership]:
    """Return the paid colleagues who could give their word about a measure in this case; never the actor."""
    return [member for member in coordinators(actor=actor, case=case) if member.worker_id != actor.worker_id]

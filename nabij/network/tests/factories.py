"""Small, plain makers of networks for tests."""

from django.utils import timezone

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.network.actions import add_tie, ask_carer
from nabij.network.models import CarerLoad, Tie


def make_tie(by: Membership, dossier: Dossier, name: str = "Els", **fields: object) -> Tie:
    """Return a tie that this member wrote down, made by the action itself."""
    actor = actor_for(by)
    fields = {"kind": "family", "ring": None if fields.get("kind") in Tie.OUTSIDE else 1, **fields}
    return add_tie(actor=actor, at=actor.at, dossier=dossier, name=name, **fields)


def make_load(by: Membership, tie: Tie, load: str = "too_much", **fields: object) -> CarerLoad:
    """Return an answer of a carer, made by the action itself."""
    actor = actor_for(by)
    return ask_carer(actor=actor, at=actor.at, tie=tie, load=load, **{"asked_on": timezone.localdate(), **fields})

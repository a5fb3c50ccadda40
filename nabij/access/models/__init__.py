"""The nouns of access, split by subject."""

from .dossiers import Acquaintance, Dossier, Grant, Sharing, opened_by, opened_one
from .places import Controller, Municipality, Neighbourhood, NeighbourhoodPostcode, Region
from .roles import MANAGING_ROLES, PAID_ONLY_ROLES, Role, Scope
from .teams import ActingLead, DutyTurn, Membership, Team, TeamArea
from .workers import Worker

__all__ = [
    "MANAGING_ROLES",
    "PAID_ONLY_ROLES",
    "Acquaintance",
    "ActingLead",
    "Controller",
    "Dossier",
    "DutyTurn",
    "Grant",
    "Membership",
    "Municipality",
    "Neighbourhood",
    "NeighbourhoodPostcode",
    "Region",
    "Role",
    "Scope",
    "Sharing",
    "Team",
    "TeamArea",
    "Worker",
    "opened_by",
    "opened_one",
]

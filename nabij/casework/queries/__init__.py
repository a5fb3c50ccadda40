"""Reads of casework, split by subject."""

from .copies import copies_of, copy_of, letter_people, recipient
from .measures import breakthrough_of, limit_of, limits_of, peers
from .plans import (
    ICONS,
    Plan,
    RungRow,
    activity_of,
    case_of,
    coordinators,
    dossier_to_open,
    export_cases,
    goal_of,
    open_cases,
    plan_of,
    plan_page,
    rung_rows,
    running_activities,
    running_goals,
    signal_of,
    volunteers,
)  # fmt: skip
from .turning import Turning, owner_for, turning

__all__ = [
    "ICONS", "Plan", "RungRow", "Turning", "activity_of", "breakthrough_of", "case_of", "coordinators", "copies_of", "copy_of",
    "dossier_to_open", "export_cases", "goal_of", "letter_people", "limit_of", "limits_of", "open_cases", "owner_for", "peers",
    "plan_of", "plan_page", "recipient", "rung_rows", "running_activities", "running_goals", "signal_of", "turning", "volunteers",
]  # fmt: skip

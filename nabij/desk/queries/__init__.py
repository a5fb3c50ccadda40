"""Reads over many rooms, each shaped for one page."""

from .fresh import SHOWN, Fresh, fresh_signals
from .looking import Look, Looks, dossier_for_privacy, emergency_list, looks_at, seals, who_looked
from .my_day import PAUSED, STAND_IN, MyDay, my_day
from .plans import short_plans
from .resident import OpenWork, ResidentPage, resident_page
from .rows import Row, who_of

__all__ = [
    "PAUSED",
    "SHOWN",
    "STAND_IN",
    "Fresh",
    "Look",
    "Looks",
    "MyDay",
    "OpenWork",
    "ResidentPage",
    "Row",
    "dossier_for_privacy",
    "emergency_list",
    "fresh_signals",
    "looks_at",
    "my_day",
    "resident_page",
    "seals",
    "short_plans",
    "who_looked",
    "who_of",
]

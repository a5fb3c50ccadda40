"""What people do with a conference."""

from .agreeing import add_agreement, hold_conference
from .inviting import add_participant, remove_participant
from .keeping import erase_conferences
from .planning import cancel_conference, change_conference, plan_conference

__all__ = [
    "add_agreement",
    "add_participant",
    "cancel_conference",
    "change_conference",
    "erase_conferences",
    "hold_conference",
    "plan_conference",
    "remove_participant",
]

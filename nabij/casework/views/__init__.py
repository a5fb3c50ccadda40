"""Pages of casework: one per verb, and the plan."""

from .ending import close_case, record_death, reopen_case
from .opening import change_coordinator, link_resident, open_case
from .plan import add_activity, add_goal, agree, ask_network, end_goal, finish_activity, give_volunteer, plan, question

__all__ = [
    "add_activity",
    "add_goal",
    "agree",
    "ask_network",
    "change_coordinator",
    "close_case",
    "end_goal",
    "finish_activity",
    "give_volunteer",
    "link_resident",
    "open_case",
    "plan",
    "question",
    "record_death",
    "reopen_case",
]

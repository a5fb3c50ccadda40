"""What people do with a case."""

from .closing import close_case, reopen_case
from .coordinating import change_coordinator
from .deaths import record_death
from .helping import OUTCOMES, add_activity, finish_activity, give_volunteer
from .keeping import erase_cases
from .opening import link_resident, open_case
from .planning import add_goal, agree_plan, ask_network, end_goal, set_question
from .steps import READS, WORKS

__all__ = [
    "OUTCOMES",
    "READS",
    "WORKS",
    "add_activity",
    "add_goal",
    "agree_plan",
    "ask_network",
    "change_coordinator",
    "close_case",
    "end_goal",
    "erase_cases",
    "finish_activity",
    "give_volunteer",
    "link_resident",
    "open_case",
    "record_death",
    "reopen_case",
    "set_question",
]

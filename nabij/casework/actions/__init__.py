"""What people do with a case."""

from nabij.casework.reviewing import review_ages

from .ages import plan_age_review
from .closing import close_case, reopen_case
from .coordinating import change_coordinator
from .deaths import record_death
from .giving import keep_copy
from .helping import OUTCOMES, add_activity, finish_activity, give_volunteer
from .keeping import WELFARE_KEPT_DAYS, erase_cases
from .measures import ask_breakthrough, give_word, set_limit
from .opening import link_resident, open_case
from .planning import add_goal, agree_plan, ask_network, end_goal, set_question
from .steps import READS, WORKS

__all__ = [
    "OUTCOMES", "READS", "WELFARE_KEPT_DAYS", "WORKS", "add_activity", "add_goal", "agree_plan", "ask_breakthrough", "ask_network", "change_coordinator",
    "close_case", "end_goal", "erase_cases", "finish_activity", "give_volunteer", "give_word", "keep_copy", "link_resident",
    "open_case", "plan_age_review", "record_death", "reopen_case", "review_ages", "set_limit", "set_question",
]  # fmt: skip

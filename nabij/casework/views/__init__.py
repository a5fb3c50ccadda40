"""Pages of casework: one per verb, and the plan."""

from .ending import close_case, record_death, reopen_case
from .measures import breakthrough, breakthrough_limit, breakthrough_word
from .opening import change_coordinator, link_resident, open_case
from .papers import copy, download_letter, keep_copy, letter, pictures
from .plan import add_activity, add_goal, agree, ask_network, end_goal, finish_activity, give_volunteer, plan, question

__all__ = [
    "add_activity", "add_goal", "agree", "ask_network", "breakthrough", "breakthrough_limit", "breakthrough_word",
    "change_coordinator", "close_case", "copy", "download_letter", "end_goal", "finish_activity", "give_volunteer", "keep_copy",
    "letter", "link_resident", "open_case", "pictures", "plan", "question", "record_death", "reopen_case",
]  # fmt: skip

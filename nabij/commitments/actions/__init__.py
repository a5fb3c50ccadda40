"""What people do with a commitment, and the steps the rooms above build on."""

from .blocking import block_worker, unblock_worker
from .leaving_behind import leave_behind
from .moving import hand_over, reopen_commitment, set_date, take_commitment
from .pausing import begin_pause, end_pause, pause_commitment
from .standing_in import ARRANGES, change_substitute, end_stand_in, stand_in
from .steps import close_commitment, move_owner, open_commitment, pass_on, reopen, set_due
from .tasks import add_task, finish_task, open_task

__all__ = [
    "ARRANGES",
    "add_task",
    "begin_pause",
    "block_worker",
    "change_substitute",
    "close_commitment",
    "end_pause",
    "end_stand_in",
    "finish_task",
    "hand_over",
    "leave_behind",
    "move_owner",
    "open_commitment",
    "open_task",
    "pass_on",
    "pause_commitment",
    "reopen",
    "reopen_commitment",
    "set_date",
    "set_due",
    "stand_in",
    "take_commitment",
    "unblock_worker",
]

"""What people do with arrears."""

from .attempting import record_attempt
from .erasing import empty_debt, empty_file, erase_debts
from .filing import drop_file, finish_file, keep_file, note_progress, refuse_row, start_file
from .resulting import WORKS, export_results, set_result
from .taking import take_batch, take_row

__all__ = [
    "WORKS",
    "drop_file",
    "empty_debt",
    "empty_file",
    "erase_debts",
    "export_results",
    "finish_file",
    "keep_file",
    "note_progress",
    "record_attempt",
    "refuse_row",
    "set_result",
    "start_file",
    "take_batch",
    "take_row",
]

"""What upkeep does by itself, and what a privacy officer or administrator asks of it."""

from .erasing import SubjectCopy, erase_dossier, export_dossier
from .importing import import_resident
from .sweeping import (
    close_grant,
    close_stand_in,
    drop_drafts,
    drop_files,
    empty_signal,
    forget_record,
    forget_requests,
    hand_on,
    keep_spoken,
    move_work,
    wake_pause,
)
from .watching import begin_sweep, end_sweep, escalate, resolve_line

__all__ = [
    "SubjectCopy",
    "begin_sweep",
    "close_grant",
    "close_stand_in",
    "drop_drafts",
    "drop_files",
    "empty_signal",
    "end_sweep",
    "erase_dossier",
    "escalate",
    "export_dossier",
    "forget_record",
    "forget_requests",
    "hand_on",
    "import_resident",
    "keep_spoken",
    "move_work",
    "resolve_line",
    "wake_pause",
]

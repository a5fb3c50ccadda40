"""What upkeep does by itself, and what a privacy officer or administrator asks of it."""

from .erasing import SubjectCopy, erase_dossier, export_dossier
from .importing import import_resident
from .sweeping import close_grant, drop_drafts, empty_signal, forget_requests, hand_on, move_work, wake_pause

__all__ = [
    "SubjectCopy",
    "close_grant",
    "drop_drafts",
    "empty_signal",
    "erase_dossier",
    "export_dossier",
    "forget_requests",
    "hand_on",
    "import_resident",
    "move_work",
    "wake_pause",
]

"""Pages of handing over and of absence."""

from .absence import absence, end_absence, substitute
from .giving import give_duty, item, name_in, several, withdraw
from .leaving import cancel, finish, leave, list_all, move, worklist
from .receiving import answer, close, received, refuse

__all__ = [
    "absence",
    "answer",
    "cancel",
    "close",
    "end_absence",
    "finish",
    "give_duty",
    "item",
    "leave",
    "list_all",
    "move",
    "name_in",
    "received",
    "refuse",
    "several",
    "substitute",
    "withdraw",
    "worklist",
]

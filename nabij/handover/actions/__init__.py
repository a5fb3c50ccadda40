"""What people do to hand over, to receive, and to leave."""

from .answering import accept_item, close_item, refuse_item
from .keeping import erase_handovers
from .leaving import force_out, give_duty, name_in_restricted, tidy_items
from .offering import offer_item, offer_several, withdraw_item
from .starting import cancel_handover, finish_handover, move_planned_date, start_handover

__all__ = [
    "accept_item",
    "cancel_handover",
    "close_item",
    "erase_handovers",
    "finish_handover",
    "force_out",
    "give_duty",
    "move_planned_date",
    "name_in_restricted",
    "offer_item",
    "offer_several",
    "refuse_item",
    "start_handover",
    "tidy_items",
    "withdraw_item",
]

"""What people do with a Wmo track."""

from .deciding import decide_request, end_track, give_result, receive_request
from .inquiring import arrange_urgent, confirm_receipt, note_plan, tell_support, write_topic
from .keeping import erase_tracks, keep_elsewhere
from .moving import extend_term, suspend_term
from .starting import WORKS, start_track

__all__ = [
    "WORKS",
    "arrange_urgent",
    "confirm_receipt",
    "decide_request",
    "end_track",
    "erase_tracks",
    "extend_term",
    "give_result",
    "keep_elsewhere",
    "note_plan",
    "receive_request",
    "start_track",
    "suspend_term",
    "tell_support",
    "write_topic",
]

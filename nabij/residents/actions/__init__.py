"""What people do about who a resident is and how to reach them."""

from .addresses import add_address, change_address, end_address, record_move
from .authority import add_authority, add_representative, end_authority, end_representative
from .creating import create_resident
from .emergency import break_glass
from .erasing import erase_residents
from .names import change_names, mark_deceased, mark_known
from .reach import add_contact_way, end_away, end_contact_way, set_away
from .safety import add_safety_note, end_safety_note, review_safety_note
from .searching import search, search_alike, tell_searched
from .steps import PAID

__all__ = [
    "PAID",
    "add_address",
    "add_authority",
    "add_contact_way",
    "add_representative",
    "add_safety_note",
    "break_glass",
    "change_address",
    "change_names",
    "create_resident",
    "end_address",
    "end_authority",
    "end_away",
    "end_contact_way",
    "end_representative",
    "end_safety_note",
    "erase_residents",
    "mark_deceased",
    "mark_known",
    "record_move",
    "review_safety_note",
    "search",
    "search_alike",
    "set_away",
    "tell_searched",
]

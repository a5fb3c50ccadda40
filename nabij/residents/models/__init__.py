"""The nouns of residents, split by subject."""

from .authority import ParentalAuthority, Representative
from .persons import NameOrder, Resident, SearchKey
from .reach import Address, Away, ContactWay
from .safety import SafetyNote

__all__ = [
    "Address",
    "Away",
    "ContactWay",
    "NameOrder",
    "ParentalAuthority",
    "Representative",
    "Resident",
    "SafetyNote",
    "SearchKey",
]

"""The nouns of residents, split by subject."""

from .authority import ParentalAuthority, Representative
from .knocks import Knock
from .persons import NameOrder, Resident, SearchKey
from .reach import Address, Away, ContactWay
from .safety import SafetyNote

__all__ = [
    "Address",
    "Away",
    "ContactWay",
    "Knock",
    "NameOrder",
    "ParentalAuthority",
    "Representative",
    "Resident",
    "SafetyNote",
    "SearchKey",
]

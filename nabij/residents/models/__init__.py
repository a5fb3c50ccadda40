"""The nouns of residents, split by subject."""

from .authority import ParentalAuthority, Representative
from .finding import SearchKey, SearchLine, SearchVariant, SearchWord
from .knocks import Knock
from .persons import Name, NameOrder, Resident, died_on, name_of
from .reach import Address, Away, ContactWay, address_line
from .safety import SafetyNote

__all__ = [
    "Address",
    "Away",
    "ContactWay",
    "Knock",
    "Name",
    "NameOrder",
    "ParentalAuthority",
    "Representative",
    "Resident",
    "SafetyNote",
    "SearchKey",
    "SearchLine",
    "SearchVariant",
    "SearchWord",
    "address_line",
    "died_on",
    "name_of",
]

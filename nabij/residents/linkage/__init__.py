"""How a resident is found again: the tables of search, filled from what is known, read by the engine of `nabij.linkage`.

`renew` and `write_many` keep the tables, `read_words` understands what somebody typed, `look_up` says who it could be.
"""

from .describing import person_of
from .keeping import forget, rebuild, renew, write_first, write_many
from .looking import Found, born_on, look_up
from .words import read_words

__all__ = ["Found", "born_on", "forget", "look_up", "person_of", "read_words", "rebuild", "renew", "write_first", "write_many"]

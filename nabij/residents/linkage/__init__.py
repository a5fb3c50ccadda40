"""How a resident is found again: the seam behind which better matching can come (typing errors, sound, registers).

Two things are promised to the outside: `keys_of` says by which pieces a dossier is found, `candidates` which dossiers fit what was typed.
"""

from .keys import keys_of, refresh_keys, write_first_keys
from .matching import Found, Wanted, candidates, read_words, wanted_person

__all__ = ["Found", "Wanted", "candidates", "keys_of", "read_words", "refresh_keys", "wanted_person", "write_first_keys"]

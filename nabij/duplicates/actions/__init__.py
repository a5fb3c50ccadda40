"""What is done about duplicates."""

from .erasing import erase_duplicates
from .finding import find_pairs, keep_pair
from .judging import call_different, look_at
from .merging import merge
from .unmerging import unmerge, widen

__all__ = ["call_different", "erase_duplicates", "find_pairs", "keep_pair", "look_at", "merge", "unmerge", "widen"]

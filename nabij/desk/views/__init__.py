"""The pages of desk, one file each."""

from .day import done, my_day
from .looking import privacy, who_looked
from .people import resident, search

__all__ = ["done", "my_day", "privacy", "resident", "search", "who_looked"]

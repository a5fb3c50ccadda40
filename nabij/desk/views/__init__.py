"""The pages of desk, one file each."""

from .day import done, my_day
from .looking import privacy, who_looked
from .people import resident
from .searching import search
from .team_board import own_team, sweep, team_board

__all__ = ["done", "my_day", "own_team", "privacy", "resident", "search", "sweep", "team_board", "who_looked"]

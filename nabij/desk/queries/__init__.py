"""Reads over many rooms, each shaped for one page."""

from .fresh import SHOWN, Fresh, fresh_signals
from .my_day import PAUSED, STAND_IN, MyDay, my_day
from .rows import Row, who_of

__all__ = ["PAUSED", "SHOWN", "STAND_IN", "Fresh", "MyDay", "Row", "fresh_signals", "my_day", "who_of"]

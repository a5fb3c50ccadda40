"""The pages of desk, one file each."""

from .day import done, my_day

__all__ = ["done", "my_day"]

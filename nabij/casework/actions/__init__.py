"""What people do with a case."""

from .opening import open_case

__all__ = ["open_case"]

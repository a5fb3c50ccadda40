"""What people do about who a resident is and how to reach them."""

from .creating import create_resident

__all__ = ["create_resident"]

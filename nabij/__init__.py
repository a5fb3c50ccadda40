"""Nabij: the working system of a neighbourhood social team. Rooms on floors; see docs/explanation/house.md."""

__version__ = "0.1.0"

"""Whole chains across rooms, in a real browser."""

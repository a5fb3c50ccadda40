"""Who must do what by when: one table for everything that can be open, its history, its pauses and its substitutes.

The database refuses an open responsibility without one owner and one next date. Never knows what kind of work it is.
"""

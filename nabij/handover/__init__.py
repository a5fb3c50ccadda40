"""Handing over with receipt (Dutch: overdracht): leaving, absence, another team, a swap.

Owns the worklist that must reach zero, what passes on, and the receipt that the first real contact closes. It never ends by itself.
"""

"""Handing over with receipt (Dutch: overdracht): leaving, absence, another team, a swap.

Owns the worklist that must reach zero, what passes on per resident, and the receipt that the successor's first real contact closes.
Owners change only when the successor says yes, by an emergency stop, or when the last day has passed. It never decides who takes over.
"""

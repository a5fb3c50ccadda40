"""Case conferences (Dutch: casusoverleg): only those needed, on a basis, with agreements that somebody answers for.

Owns who was there and why, and what was agreed. Every agreement is a commitment with an owner and a date; nothing stands only in minutes.
"""

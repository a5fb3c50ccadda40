"""Piling up (Dutch: opstapeling): several small signals in several life domains around one resident, within a period.

Owns the rule and what a colleague said about it. Every flag is the list of its facts; there is no score. Off until a DPIA is recorded.
"""

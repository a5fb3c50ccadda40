"""Piling up (Dutch: opstapeling): small signals in several life domains around one resident, within a period.

Owns the rule, the impact assessment that switches it on, and what a colleague said about it. Every flag is the list of its facts, read anew
each time and only as far as the reader may open them; there is no score and nothing is stored about a flag. Off until a DPIA is recorded.
"""

"""Contact with residents, and attempts at it, which are not contact: when, how, with whom, what was said, for whose eyes.

Owns the one answer to "when was there last real contact". Never decides what happens next.
"""

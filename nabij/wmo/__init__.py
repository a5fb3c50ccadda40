"""The track of a report under the Wmo 2015 (Dutch: melding en onderzoek), from receipt to written result and decision.

Owns its legal terms, its topics, its acts of suspension and extension and its letter. Where the municipality keeps the track in another
system, it owns only the pointer: reference, owner and one date. It never decides about a provision, and no step is ever skipped in silence.
"""

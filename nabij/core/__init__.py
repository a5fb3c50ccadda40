"""The ground: base model, ids, errors, encryption, database triggers, request plumbing.

Knows no word of the field: nothing here may name a resident, a team or a signal.
"""

"""The record of who did or saw what, when, in which function and why: only ever added to, sealed, provable.

Keeps plain values, no foreign keys and never a resident's name. Never decides whether something is allowed.
"""

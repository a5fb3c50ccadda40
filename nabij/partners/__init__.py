"""Organisations that we work with and their keys to the JSON API.

Owns who a partner is, for which municipality, purpose and basis, its keys (stored as a keyed fingerprint only), and every sending with
its answer, so that the same sending again changes nothing. It never sees a resident: what was sent belongs to the room that takes it in.
"""

"""Organisations that we work with and their keys to the JSON API.

Owns who a partner is, for which municipality and purpose, and the tokens (stored as a hash only). It never sees a resident.
"""

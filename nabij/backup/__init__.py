"""A copy that was tried: `nabij backup` while everything runs, `nabij restore` into an empty place.

Owns the file's form, its seal and its encryption. It never writes into a place that holds anything, and secrets are never in it.
"""

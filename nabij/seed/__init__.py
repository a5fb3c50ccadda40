"""Fill an empty database with a whole region of made-up people, as many as asked: for measuring, for load, for practice.

Writes rows in bulk, without the doors, but under every constraint and trigger, with real macs and seals: the sweep and `verify`
look at it afterwards as at any other database. Never touches a database in which somebody works.
"""

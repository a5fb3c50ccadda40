"""Half-written text, kept on the server while typing, so that a log-out, a crash or a second tab loses nothing.

Belongs to its writer alone; it is no record and nobody else reads it.
"""

"""Links with one purpose, for who has no account here: questions about experience, a calendar, a resident's own page.

Owns their secret (stored as a hash only), their end and their limits. A link never acts on GET and never says whose it is.
"""

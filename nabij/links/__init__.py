"""Links with one purpose, for who has no account here: questions about experience, a calendar, a resident's own page.

Owns their secret (stored as a keyed hash only), their end and their limits. A link opens one record and nothing else; a page behind it
acts on POST only. It never says whose it is, and a wrong, an ended and a used link are never told apart.
"""

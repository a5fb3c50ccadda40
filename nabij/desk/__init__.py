"""Pages over many rooms: my day, the resident's page, search, who looked, privacy.

Queries and views only; owns no table and no rule of its own.
"""

"""Pages over many rooms: my day, the resident's page, search, privacy. Queries and views only; owns no table and no rule.
"""

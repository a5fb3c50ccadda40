"""Django's two databases, each with a cursor for questions that are worded once: in the database's own words, planned once where it can."""

"""A worry or a question that comes in by any channel, what is decided about it, and what the reporter hears.

Every signal has an owner and a date from the first second. Never shows who reported on a resident's page.
"""

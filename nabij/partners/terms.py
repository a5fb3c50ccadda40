"""Numbers of the API in one place. All are our own choice."""

from datetime import timedelta

# A key works a year; who renews it has two weeks in which both work.
TOKEN_DAYS = 365
RENEWAL = timedelta(days=14)
# "Last used" is written at most once an hour.
USE_NOTED_EVERY = timedelta(hours=1)

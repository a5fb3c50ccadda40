"""Days and terms: working days with Dutch public holidays, the start of a day, the next sensible date."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone


@lru_cache(maxsize=32)
def _closed_days(year: int) -> frozenset[date]:
    import holidays  # ten megabytes: only for who works with terms

    # Work goes on on Good Friday, and on 5 May but once in five years: who counts in working days is never later for it.
    return frozenset(day for day, name in holidays.NL(years=year, language="en_US").items() if "Good Friday" not in name)


@lru_cache(maxsize=32)
def _no_last_days(year: int) -> frozenset[date]:
    import holidays

    # Algemene termijnenwet art. 3: 5 May every year (lid 1), and Good Friday on a par with it (lid 2).
    return frozenset({*holidays.NL(years=year), date(year, 5, 5)})


def is_working_day(day: date) -> bool:
    """Return whether a day is neither weekend nor a Dutch public holiday on which we are closed."""
    return day.weekday() < 5 and day not in _closed_days(day.year)


def working_days_after(day: date, count: int) -> date:
    """Return the day that lies `count` working days after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def term_end(day: date, *, days: int) -> date:
    """Return the last day of a term of calendar days: never in a weekend, on Good Friday or a holiday, but the first day after it.

    Algemene termijnenwet art. 1 and 3. Days that a royal decree adds to them (art. 3 lid 3) are not known here: then it ends a day early.
    """
    end = day + timedelta(days=days)
    while end.weekday() > 4 or end in _no_last_days(end.year):
        end += timedelta(days=1)
    return end


def start_of(day: date) -> datetime:
    """Return the first moment of a day, local time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Return the end of the working day (17:00 local time): by then it should be done."""
    return timezone.make_aware(datetime.combine(day, time(17)))

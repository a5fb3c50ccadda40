"""Days and terms: working days with Dutch public holidays, the start of a day, the next sensible date."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone


@lru_cache(maxsize=32)
def _free_days(year: int) -> frozenset[date]:
    import holidays  # ten megabytes: only for who works with terms

    # The library counts Good Friday as a public holiday; in the Netherlands it is not one (Algemene termijnenwet art. 3).
    return frozenset(day for day, name in holidays.NL(years=year, language="en_US").items() if "Good Friday" not in name)


def is_working_day(day: date) -> bool:
    """Return whether a day is neither weekend nor Dutch public holiday (Algemene termijnenwet)."""
    return day.weekday() < 5 and day not in _free_days(day.year)


def working_days_after(day: date, count: int) -> date:
    """Return the day that lies `count` working days after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def term_end(day: date, *, days: int) -> date:
    """Return the last day of a term of calendar days; in a weekend or on a holiday it becomes the next working day (art. 1)."""
    end = day + timedelta(days=days)
    return end if is_working_day(end) else working_days_after(end, 1)


def start_of(day: date) -> datetime:
    """Return the first moment of a day, local time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Return the end of the working day (17:00 local time): by then it should be done."""
    return timezone.make_aware(datetime.combine(day, time(17)))

"""Days in words, short: for templates as filters, for long lists with today and the language looked up once."""

import datetime as dt
import functools

from django.utils import timezone, translation
from django.utils.formats import date_format

Day = dt.date | dt.datetime


def date_nl(value: Day | None, on: dt.date | None = None) -> str:
    """Write a day short: "ma 3 nov", with the year when it is not this year."""
    return Reader(on).date(value)


def day_in_full(value: Day | None, on: dt.date | None = None) -> str:
    """Write a day in whole words, for who finds reading hard: "dinsdag 3 november", with the year when it is not this year."""
    if value is None:
        return ""
    reader = Reader(on)
    day = reader.day(value)
    text = date_format(day, "l j F" if day.year == reader.on.year else "l j F Y")
    return text.lower() if reader.language == "nl" else text


def time(value: dt.datetime | dt.time | None) -> str:
    """Write a time of day: "14:05"."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.tzinfo:
        value = value.astimezone(timezone.get_current_timezone())
    return value.strftime("%H:%M")


def when(value: Day | None, on: dt.date | None = None) -> str:
    """Say how far off a due day is, in words: "tomorrow", "3 days late"."""
    return Reader(on).when(value)


def ago(value: Day | None, on: dt.date | None = None) -> str:
    """Say how long ago something happened: "yesterday", "3 days ago"."""
    return Reader(on).ago(value)


class Reader:
    """Who reads: in which language, on which day, in which time zone. All that is said about days is said to a reader."""

    def __init__(self, on: dt.date | None = None) -> None:
        self.here, self.language = timezone.get_current_timezone(), translation.get_language() or ""
        self.on = on or dt.datetime.now(self.here).date()

    def day(self, value: Day) -> dt.date:
        """Return the day on which something is, where the reader lives."""
        if not isinstance(value, dt.datetime):
            return value
        return value.astimezone(self.here).date() if value.tzinfo else value.date()

    def date(self, value: Day | None) -> str:
        """Write a day as `date_nl` does."""
        if value is None:
            return ""
        day = self.day(value)
        return _short_day(day, day.year == self.on.year, self.language)

    def when(self, value: Day | None) -> str:
        """Say how far off a due day is."""
        return (
            translation.gettext("no date") if value is None else _when((self.day(value) - self.on).days, self.language)
        )

    def ago(self, value: Day | None) -> str:
        """Say how long ago something happened."""
        return translation.gettext("never") if value is None else _ago((self.on - self.day(value)).days, self.language)


@functools.lru_cache(maxsize=4000)
def _short_day(day: dt.date, this_year: bool, language: str) -> str:
    text = date_format(day, "D j M" if this_year else "D j M Y")
    return text.lower() if language == "nl" else text  # Dutch months have no capital


@functools.lru_cache(maxsize=4000)
def _when(days: int, language: str) -> str:
    if days == 0:
        return translation.gettext("today")
    if days == 1:
        return translation.gettext("tomorrow")
    if days < 0:
        late = translation.ngettext("%(days)s day late", "%(days)s days late", -days)
        return late % {"days": -days}
    return translation.ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


@functools.lru_cache(maxsize=4000)
def _ago(days: int, language: str) -> str:
    if days <= 0:
        return translation.gettext("today")
    if days == 1:
        return translation.gettext("yesterday")
    return translation.ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}

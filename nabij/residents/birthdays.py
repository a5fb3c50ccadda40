"""Birth dates, known in full or in part, typed in any of the usual ways."""

import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from nabij.core.errors import Refused

MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ALSO = {"mrt": 3, "mar": 3, "may": 5, "oct": 10}
_MONTH = r"(jan|feb|maa|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?"
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[\s-]+(?P<word>" + _MONTH + r")[\s-]+(?P<y>\d{4})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<![\d-])(?P<m>\d{1,2})[-/](?P<y>\d{4})(?!\d)"),
    re.compile(r"\b(?P<word>" + _MONTH + r")\s+(?P<y>\d{4})(?!\d)", re.IGNORECASE),
)
OLDEST = 1880


class Birth(NamedTuple):
    """A birth date as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None


def take_date(text: str) -> tuple[Birth | None, str]:
    """Return the first date in a text (4-7-1951, 4 juli 1951, 04071951, 7-1951) and the text without it."""
    for form in _FORMS:
        for match in form.finditer(text):
            parts = match.groupdict()
            month = _month(parts["word"]) if parts.get("word") else int(parts["m"])
            birth = Birth(int(parts["y"]), month, int(parts["d"]) if parts.get("d") else None)
            if _exists(birth):
                return birth, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def check_birth(*, year: int | None, month: int | None, day: int | None, on: date) -> None:
    """Do nothing when this can be somebody's birth date. Raises Refused beside the part that cannot be right."""
    if month and not year:
        raise Refused(_("Give the year as well, or leave the month empty."), field="birth_year")
    if day and not month:
        raise Refused(_("Give the month as well, or leave the day empty."), field="birth_month")
    if not year:
        return
    if year < OLDEST or date(year, month or 1, 1 if not _exists(Birth(year, month, day)) else day or 1) > on:
        raise Refused(_("Nobody was born in that time. Look at the year again."), field="birth_year")
    if not _exists(Birth(year, month, day)):
        raise Refused(_("This day is not on the calendar."), field="birth_day")


def age_on(*, year: int | None, month: int | None, day: int | None, on: date) -> int | None:
    """Return the age on a day; with only a year known, the age reached in that year; None without a year."""
    if not year:
        return None
    not_yet = month is not None and (on.month, on.day) < (month, day or 1)
    return on.year - year - int(not_yet)


def _month(word: str) -> int:
    short = word.casefold()[:3]
    return ALSO.get(short) or MONTHS.index(short) + 1


def _exists(birth: Birth) -> bool:
    try:
        date(birth.year, birth.month or 1, birth.day or 1)
    except ValueError:
        return False
    return birth.year >= 1

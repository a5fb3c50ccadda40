"""Birth dates, known in full or in part, typed in any of the usual ways."""

import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from nabij.core.errors import Refused

MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "februari": 2, "feb": 2, "february": 2, "maart": 3, "mrt": 3, "march": 3, "mar": 3,
    "april": 4, "apr": 4, "mei": 5, "may": 5, "juni": 6, "jun": 6, "june": 6, "juli": 7, "jul": 7, "july": 7, "augustus": 8, "aug": 8, "august": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")"
OLDEST = 1880
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[\s-]+(?P<word>" + _MONTH + r")\.?[\s-]+(?P<y>\d{4})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<![\d-])(?P<m>\d{1,2})[-/](?P<y>\d{4})(?!\d)"),
    re.compile(r"\b(?P<word>" + _MONTH + r")\.?\s+(?P<y>\d{4})(?!\d)", re.IGNORECASE),
)


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
            month = MONTHS[parts["word"].casefold()] if parts.get("word") else int(parts["m"])
            birth = Birth(int(parts["y"]), month, int(parts["d"]) if parts.get("d") else None)
            if birth.year >= OLDEST and _exists(birth):
                return birth, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def check_birth(*, year: int | None, month: int | None, day: int | None, on: date) -> None:
    """Do nothing when this can be somebody's birth date. Raises Refused beside the part that cannot be right."""
    if 0 in (year, month, day):
        raise Refused(_("This day is not on the calendar."), field="birth_day")
    if month and not year:
        raise Refused(_("Give the year as well, or leave the month empty."), field="birth_year")
    if day and not month:
        raise Refused(_("Give the month as well, or leave the day empty."), field="birth_month")
    if not year:
        return
    if year < OLDEST or (year, month or 0, day or 0) > (on.year, on.month, on.day):
        raise Refused(_("Nobody was born in that time. Look at the year again."), field="birth_year")
    if not _exists(Birth(year, month, day)):
        raise Refused(_("This day is not on the calendar."), field="birth_day")


def age_on(*, year: int | None, month: int | None, day: int | None, on: date) -> int | None:
    """Return the age on a day; with only a year known, the age reached in that year; None without a year."""
    if not year:
        return None
    not_yet = month is not None and (on.month, on.day) < (month, day or 1)
    return on.year - year - int(not_yet)


def _exists(birth: Birth) -> bool:
    try:
        date(birth.year, birth.month or 1, birth.day or 1)
    except ValueError:
        return False
    return True

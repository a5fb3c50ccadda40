"""Write a calendar as iCalendar (RFC 5545). Pure: the same entries give the same bytes, so that a telephone that asks again gets "not changed"."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from .queries import Entry

MARK = 4  # letters of the ref: enough to tell two things of one day apart
AGAIN = timedelta(hours=1)


def written(*, entries: list[Entry]) -> bytes:
    """Return the calendar. Titles are what a locked screen may show: what sort of thing it is, and no more; the address behind it says no more either."""
    sheet = Calendar()
    facts: dict[str, Any] = {"version": "2.0", "prodid": "-//Nabij//NL", "method": "PUBLISH", "calscale": "GREGORIAN", "x-wr-calname": "Nabij"}
    for name, value in facts.items():
        sheet.add(name, value)
    sheet.add("x-wr-timezone", settings.TIME_ZONE)
    sheet.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        sheet.add_component(_event(entry))
    sheet.add_missing_timezones()
    return sheet.to_ical()


def _event(entry: Entry) -> Event:
    event, link = Event(), settings.PUBLIC_URL + reverse("calendars:show", args=[entry.ref])
    timed = entry.ends_at is not None
    kind = pgettext("calendar", "Appointment") if timed else pgettext("calendar", "To do")
    event.add("uid", f"{entry.ref}@nabij")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("created", entry.made_at)
    event.add("dtstart", timezone.localtime(entry.starts_at) if timed else entry.day)
    event.add("dtend", timezone.localtime(entry.ends_at) if timed else entry.day + timedelta(days=1))
    event.add("summary", f"{kind} · {entry.ref[:MARK]}")
    event.add("description", _("Open it in Nabij: %(link)s") % {"link": link})
    event.add("url", link)
    event.add("status", "CANCELLED" if entry.over else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if timed else "TRANSPARENT")  # a date to keep in mind takes no time away
    return event

"""Small, plain makers of calendars for tests, and a telephone that reads one."""

from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for
from nabij.calendars.actions import make_calendar


def make_feed(member: Membership) -> str:
    """Return the path of a fresh calendar of a colleague."""
    made = make_calendar(actor=actor_for(member), at=timezone.now())
    return "/" + made.address.split("/", 3)[3]


def read(path: str, **headers: str):
    """Return the answer that a telephone without any log-in gets."""
    return Client().get(path, **headers)


def events(path: str) -> dict:
    """Return the events of a calendar by UID, as a calendar program understands them."""
    answer = read(path)
    assert answer.status_code == 200, answer.status_code
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}

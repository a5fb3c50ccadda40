"""Small, plain makers of Wmo tracks for tests."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from nabij.access.models import Dossier, Membership
from nabij.access.tests.factories import actor_for
from nabij.wmo.actions import confirm_receipt, start_track, tell_support, write_topic
from nabij.wmo.models import Topic, Track

# a Monday morning
MONDAY = datetime(2026, 6, 15, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def do(action: Any, member: Membership, at: datetime = MONDAY, **facts: Any) -> Any:
    return action(actor=actor_for(member, at), at=at, **facts)


def make_track(member: Membership, dossier: Dossier, at: datetime = MONDAY, **facts: Any) -> Track:
    return do(start_track, member, at, dossier=dossier, **facts)


def inquire(member: Membership, track: Track, at: datetime = MONDAY) -> None:
    """Do all that comes before the result."""
    do(confirm_receipt, member, at, track=track, on=at.date(), how="per brief")
    do(tell_support, member, at, track=track, on=at.date())
    for about in Topic.About:
        do(write_topic, member, at, track=track, about=about, state="na" if about == Topic.About.PAYING else "discussed", words="Besproken aan tafel.")


def days(number: int) -> timedelta:
    return timedelta(days=number)

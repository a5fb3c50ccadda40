"""A colleague makes, renews and withdraws the link of their own calendar."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.actor import public_actor
from nabij.access.models import Role
from nabij.access.tests.factories import make_member, make_team
from nabij.audit.models import Entry
from nabij.calendars.queries import myself, reader_of
from nabij.commitments.models import Kind
from nabij.commitments.tests.factories import log_in, make_task
from nabij.core.errors import Absent
from nabij.desk.kinds import KINDS
from nabij.links.models import Link

from .factories import events, make_feed, read

pytestmark = pytest.mark.django_db


def shown(answer):
    """Return the path of the calendar that a page shows."""
    return re.search(r"http://localhost:8000(/calendars/feed/[^<]+\.ics)", answer.content.decode()).group(1)


def test_the_link_is_shown_once_and_kept_only_as_a_hash(client, noor):
    log_in(client, noor.worker)
    make_task(noor)
    answer = client.post(reverse("calendars:make"), {"request_id": "a" * 32})
    path = shown(answer)
    assert len(events(path)) == 1
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    secret = path.split("/")[-1].removesuffix(".ics")
    assert secret not in client.get(reverse("calendars:own")).content.decode()
    assert Link.objects.get().token_hash != secret
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="calendars.m")] == ["calendars.make"]


def test_the_same_form_sent_twice_makes_one_link(client, noor):
    log_in(client, noor.worker)
    first = client.post(reverse("calendars:make"), {"request_id": "b" * 32})
    assert client.post(reverse("calendars:make"), {"request_id": "b" * 32}).status_code == 302
    assert Link.objects.count() == 1
    assert read(shown(first)).status_code == 200


def test_a_new_link_stops_the_old_one_and_withdrawing_stops_both(client, noor):
    log_in(client, noor.worker)
    old, new = (shown(client.post(reverse("calendars:make"))) for _time in range(2))
    assert (read(old).status_code, read(new).status_code) == (404, 200)
    client.post(reverse("calendars:withdraw"))
    assert read(new).status_code == 404
    assert "Er is nog geen link" in client.get(reverse("calendars:own")).content.decode()


def test_withdrawing_without_a_link_is_as_if_it_was_not_there(client, noor):
    log_in(client, noor.worker)
    assert client.post(reverse("calendars:withdraw")).status_code == 404


def test_nobody_withdraws_the_link_of_a_colleague(client, noor):
    path = make_feed(noor)
    sam = make_member(noor.team, Role.LEAD, "Sam")
    log_in(client, sam.worker)
    client.post(reverse("calendars:withdraw"))
    client.post(reverse("calendars:make"))
    assert read(path).status_code == 200


def test_a_tap_leads_to_the_page_after_the_log_in_and_for_who_may_not_to_nothing(client, noor):
    row = make_task(noor)
    address = str(events(make_feed(noor))[f"{row.ref}@nabij"]["url"]).removeprefix("http://localhost:8000")
    assert client.get(address).headers["Location"].startswith("/account/login")
    log_in(client, noor.worker)
    assert client.get(address).headers["Location"] == reverse(KINDS[Kind.TASK].page, args=[row.ref])
    log_in(client, make_member(make_team(name="Team Elders"), name="Bo").worker)
    assert client.get(address).status_code == 404


def test_only_a_worker_has_a_calendar():
    with pytest.raises(Absent):
        myself(actor=public_actor(at=timezone.now()))


def test_a_link_of_nobody_opens_no_calendar(noor):
    make_feed(noor)
    link = Link.objects.get()
    assert reader_of(link=link, at=timezone.now()).worker_id == noor.worker_id
    link.worker = None
    with pytest.raises(Absent):
        reader_of(link=link, at=timezone.now())

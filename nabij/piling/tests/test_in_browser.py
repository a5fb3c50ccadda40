"""Off, then on with an assessment, then the list with its facts, then seen. With a pointer and with the keyboard."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from nabij.access.tests.factories import log_in
from nabij.piling.models import Assessment, Seen
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer, dutch

from .factories import pile_up

pytestmark = [pytest.mark.django_db(transaction=True)]


def works_as(page, member, live_server):
    cookie = log_in(Client(), member.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def looked_at(page, axe, name):
    """Let axe look, and see that nothing sticks out."""
    axe(page)
    assert fits(page)


@pytest.mark.browser
@pytest.mark.parametrize(("size", "hands"), [("desktop", Keyboard), ("phone", Pointer)])
def test_off_then_recorded_then_listed_then_seen(new_page, axe, member, officer, dossier, live_server, size, hands):
    pile_up(member, dossier)
    work, office = new_page(size), new_page(size)
    hand, theirs = hands(work), hands(office)
    works_as(work, member, live_server)
    works_as(office, officer, live_server)
    work.goto(reverse("piling:list"))
    expect(work.get_by_text(dutch("This is off"))).to_be_visible()
    looked_at(work, axe, "piling-off")
    office.goto(reverse("piling:dpia"))
    looked_at(office, axe, "dpia-off")
    theirs.write(office.locator("[name=reference]"), "DPIA 2026-7")
    theirs.write(office.locator("[name=by_whom]"), "De functionaris gegevensbescherming")
    theirs.press(office.get_by_role("button", name=dutch("Record and switch on")))
    expect(office.get_by_text(dutch("It is on"))).to_be_visible()
    looked_at(office, axe, "dpia-on")
    assert Assessment.objects.get().assessed_on == timezone.localdate()
    work.goto(reverse("piling:list"))
    looked_at(work, axe, "piling-list")
    hand.press(work.get_by_role("link", name=dutch("Look at it: %(who)s", who="Rie Bakker")))
    looked_at(work, axe, "piling-of")
    hand.choose(work.locator("[name=follows][value=nothing]"))
    hand.write(work.locator("[name=words]"), "Er loopt al hulp voor alle drie.")
    hand.press(work.get_by_role("button", name=dutch("Seen"), exact=True))
    expect(work.get_by_text("Er loopt al hulp voor alle drie.").first).to_be_visible()
    looked_at(work, axe, "piling-seen")
    assert Seen.objects.get().by == member

"""The number in a real browser: mistyped, written down, looked at, corrected and taken away; with a pointer and with the keyboard alone."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from nabij.access.models import Controller
from nabij.access.tests.factories import make_team
from nabij.bsn import queries
from nabij.commitments.tests.factories import log_in
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer, dutch

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER, OTHER, SLIP = "111222333", "123456782", "111222334"


@pytest.fixture
def team():
    team = make_team()
    Controller.objects.filter(pk=team.controller_id).update(may_process_bsn=True)
    return team


@pytest.fixture
def dossier(team):
    return make_resident(team, call_name="Riet").dossier


def save(page, hand, number):
    """Type a number and save it."""
    hand.write(page.locator("[name=number]"), number)
    hand.press(page.get_by_role("button", name=dutch("Save"), exact=True))


def whole(page, axe):
    axe(page)
    assert fits(page)


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
def test_the_number_is_mistyped_kept_seen_corrected_and_taken_away(any_page, axe, live_server, team, dossier, hands):
    page, hand = any_page, hands(any_page)
    session = log_in(Client(), team.lead.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(reverse("residents:names", args=[dossier.ref]))
    hand.press(page.get_by_role("link", name=dutch("Citizen service number")))
    whole(page, axe)
    save(page, hand, SLIP)
    expect(page.locator("#errors")).to_be_focused()
    whole(page, axe)
    assert queries.number_of(dossier=dossier) is None
    save(page, hand, NUMBER)
    expect(page.get_by_text(dutch("Ends with %(digits)s", digits="333"))).to_be_visible()
    expect(page.get_by_text("111 222 333")).to_be_hidden()
    hand.press(page.locator("summary", has_text=dutch("Show the whole number")))
    expect(page.get_by_text("111 222 333")).to_be_visible()
    whole(page, axe)
    save(page, hand, OTHER)
    expect(page.get_by_text(dutch("Ends with %(digits)s", digits="782"))).to_be_visible()
    assert queries.number_of(dossier=dossier).number == OTHER
    hand.press(page.get_by_role("link", name=dutch("Take away")))
    whole(page, axe)
    hand.press(page.get_by_role("button", name=dutch("Take away")))
    expect(page.get_by_role("heading", name=dutch("Write down the number"))).to_be_visible()
    whole(page, axe)
    assert queries.number_of(dossier=dossier) is None

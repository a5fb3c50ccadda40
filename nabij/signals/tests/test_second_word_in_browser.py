"""Nothing or advice about who is not safe: one colleague decides, another one says yes or no. With a pointer and with the keyboard alone."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from nabij.access.tests.factories import make_member, make_team
from nabij.signals.models import Decision
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer, dutch

from .factories import log_in, make_signal

pytestmark = pytest.mark.django_db(transaction=True)
WHO = "Mevrouw op nummer 12"
WHY = "De buurvrouw zag haar vanmorgen, zij was bij haar zus."


@pytest.fixture
def team():
    return make_team(name="Team Gors")


@pytest.fixture
def signal(team):
    return make_signal(team, at=timezone.now(), who=WHO, words="Zij doet niet open en roept om hulp.", unsafe=True)


def works_as(page, member, live_server):
    session = log_in(Client(), member).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def whole(page, axe):
    axe(page)
    assert fits(page)


def decides(page, hand, axe, signal):
    """The first colleague finds nothing to do, and reads that this waits."""
    page.goto(f"/signals/{signal.ref}")
    hand.press(page.locator(".options summary", has_text=dutch("Nothing, with a reason")))
    panel = page.locator(".options details[open]")
    hand.write(panel.locator("[name=reason]"), WHY)
    hand.choose(panel.locator("[name=asks_support][value=no]"))
    whole(page, axe)
    hand.press(panel.get_by_role("button", name=dutch("Nothing, with a reason")))
    page.goto("/triage")
    expect(page.get_by_role("link", name=dutch("Give the second word: %(who)s", who=WHO))).to_have_count(0)
    page.goto(f"/signals/{signal.ref}")
    expect(page.get_by_text(dutch("This waits for a second person"))).to_be_visible()
    whole(page, axe)
    assert Decision.objects.get().state == Decision.State.WAITING


def finds_it(page, hand, axe):
    """The second colleague comes to it from the list, and reads what was decided and why."""
    page.goto("/triage")
    whole(page, axe)
    hand.press(page.get_by_role("link", name=dutch("Give the second word: %(who)s", who=WHO)))
    expect(page.get_by_text(WHY)).to_be_visible()
    whole(page, axe)


def says(page, hand, axe, *, agrees):
    """The second colleague says the word; "no" only with the reason."""
    button = page.get_by_role("button", name=dutch("Give the second word"))
    hand.choose(page.locator(f"[name=agrees][value={'yes' if agrees else 'no'}]"))
    if not agrees:
        hand.press(button)
        expect(page.locator("#errors")).to_be_focused()
        whole(page, axe)
        hand.write(page.locator("[name=words]"), "Wij gaan eerst kijken.")
    hand.press(button)
    page.wait_for_url("**/triage")
    whole(page, axe)


@pytest.mark.parametrize("agrees", [True, False], ids=["yes", "no"])
@pytest.mark.parametrize("hands", [Pointer, Keyboard])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_second_colleague_says_whether_nothing_is_right(
    new_page, axe, live_server, team, signal, size, hands, agrees
):
    first, second = new_page(size), new_page(size)
    works_as(first, make_member(team, name="Noor"), live_server)
    works_as(second, make_member(team, name="Pim"), live_server)
    decides(first, hands(first), axe, signal)
    hand = hands(second)
    finds_it(second, hand, axe)
    says(second, hand, axe, agrees=agrees)
    decision = Decision.objects.get()
    assert (decision.state, decision.second.name) == (
        Decision.State.STANDS if agrees else Decision.State.TURNED_DOWN,
        "Pim",
    )
    signal.commitment.refresh_from_db()
    assert (signal.commitment.closed_at is not None) == agrees
    first.goto(f"/signals/{signal.ref}")
    expect(first.get_by_text("Tweede oordeel: Pim")).to_be_visible()

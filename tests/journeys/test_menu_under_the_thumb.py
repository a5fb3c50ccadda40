"""The menu on a telephone: at most five entries, each whole and big enough for a thumb, and nothing that the rail of a desktop has is missing."""

from itertools import pairwise

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from nabij.access.models import Role
from nabij.access.tests.factories import log_in, make_member, make_team
from tests.support.browser import SIZES, fits
from tests.support.hands import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)
THUMB = 44  # px: WCAG 2.5.5; its least (2.5.8) is 24
NARROW = {"width": 320, "height": 640}
# Who has few entries, who has many, and one person with every part there is.
READERS = {
    "worker": [Role.WORKER],
    "lead": [Role.LEAD],
    "officer": [Role.PRIVACY_OFFICER],
    "all": [Role.LEAD, Role.WORKER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER],
}
# What stands in the bar: its box, and whether its words stick out of it.
BAR = """() => [...document.querySelectorAll(".nav > ul > li")].filter(place => place.offsetParent !== null).map(place => {
  const target = place.querySelector("a, summary"), box = target.getBoundingClientRect(), words = document.createRange();
  words.selectNodeContents(target.querySelector("span"));
  const said = words.getBoundingClientRect();
  return { name: target.innerText.trim().replace(/\\s+/g, " "), left: box.left, right: box.right, top: box.top, bottom: box.bottom, spills: said.left < box.left || said.right > box.right || said.bottom > box.bottom };
})"""
NAMES = """() => [...document.querySelectorAll(".nav a")].filter(link => link.checkVisibility()).map(link => link.innerText.trim())"""


def enter_as(page: Page, roles, live_server) -> None:
    team = make_team()
    worker = make_member(team, roles[0], "Gerda").worker
    for role in roles[1:]:
        make_member(team, role, worker=worker)
    session = log_in(Client(), worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/")


@pytest.mark.parametrize("size", [SIZES["phone"], NARROW], ids=["390", "320"])
@pytest.mark.parametrize("roles", READERS.values(), ids=READERS)
def test_every_entry_is_whole_and_fits_a_thumb(page, live_server, roles, size):
    enter_as(page, roles, live_server)
    page.set_viewport_size(size)
    bar = page.evaluate(BAR)
    assert 2 <= len(bar) <= 5
    assert [entry for entry in bar if entry["spills"]] == []
    assert [
        entry
        for entry in bar
        if entry["left"] < 0 or entry["right"] > size["width"] or entry["bottom"] > size["height"]
    ] == []
    assert [
        entry for entry in bar if entry["right"] - entry["left"] < THUMB or entry["bottom"] - entry["top"] < THUMB
    ] == []
    assert all(one["right"] <= other["left"] + 0.5 for one, other in pairwise(bar))
    assert fits(page)


@pytest.mark.parametrize("roles", [READERS["lead"], READERS["all"]], ids=["lead", "all"])
def test_the_rail_and_the_bar_lead_to_the_same_pages(page, axe, live_server, roles):
    enter_as(page, roles, live_server)
    rail = page.evaluate(NAMES)
    assert len(rail) > 5
    page.set_viewport_size(NARROW)
    more = page.locator(".nav-more summary")
    assert more.inner_text() == "Meer"
    Keyboard(page).press(more)
    assert page.evaluate(NAMES) == rail
    for link in page.locator(".nav-more a").all():
        box = link.bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= NARROW["width"] and box["height"] >= THUMB
    axe(page)
    page.keyboard.press("Escape")
    expect(page.locator(".nav-more a").first).to_be_hidden()


def test_what_is_left_over_is_reached_by_keyboard_and_says_where_one_is(phone, live_server):
    enter_as(phone, [Role.LEAD], live_server)
    hand = Keyboard(phone)
    hand.press(phone.locator(".nav-more summary"))
    hand.press(phone.locator(".nav-more").get_by_role("link", name="Overdracht"))
    expect(phone.get_by_role("heading", name="Overdracht", level=1)).to_be_visible()
    expect(phone.locator(".nav-more summary")).to_have_css("font-weight", "700")

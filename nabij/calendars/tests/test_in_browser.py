import re

import pytest
from django.test import Client

from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in, make_task
from tests.support.hands import Keyboard, Pointer

from .factories import events, read

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noor():
    member = make_member(make_team(), name="Noor")
    make_task(member)
    return member


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
def test_a_colleague_makes_the_link_on_their_own_page_and_withdraws_it(any_page, axe, live_server, noor, hands):
    page, hand = any_page, hands(any_page)
    cookie = log_in(Client(), noor.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/")
    hand.press(page.locator(".account summary"))
    hand.press(page.get_by_role("link", name="Mijn agenda in mijn telefoon"))
    axe(page)
    hand.press(page.get_by_role("button", name="Mijn link maken"))
    page.get_by_text("Dit is je link. Je ziet hem één keer.").wait_for()
    axe(page)
    assert fits(page)
    path = re.search(r"/calendars/feed/.*", page.locator("code.secret").inner_text()).group()
    assert len(events(path)) == 1
    hand.press(page.get_by_role("link", name="Ik heb hem gekopieerd"))
    axe(page)
    hand.press(page.get_by_role("button", name="Link intrekken"))
    page.get_by_text("De link werkt niet meer").wait_for()
    axe(page)
    assert fits(page)
    assert read(path).status_code == 404

"""axe-core looks at every page of every kind of reader, at both sizes, with every fold and dialog open.

A page is opened once and looked at twice: as wide as a desktop, and as narrow as a telephone. On the narrowest screen, or at four times the size
of letters (WCAG 1.4.10: 320 pixels), nothing may stick out of it either.
"""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from nabij.access.doors import PUBLIC
from nabij.access.models import Role
from nabij.access.tests.factories import log_in
from nabij.access.web.addresses import all_pages, rules_of
from tests.support.addresses import OPEN_TO_ALL, sample_kwargs
from tests.support.browser import SIZES, fits, open_folds
from tests.support.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
# A worker meets nearly every page; the others only what the worker may not open.
READERS = [Role.WORKER, Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.COUNTER, Role.VOLUNTEER]
# an answer without a page, and files: a browser breaks off the visit and keeps what it got
NO_PAGE = {
    "drafts:save", "signals:paper", "debts:refused", "casework:download_letter", "casework:copy", "wmo:letter_pdf", "wmo:letter_odt", "calendars:feed",
}  # fmt: skip


NARROW = {"width": 320, "height": 640}
# What sticks out, to find it by.
STICKS_OUT = """() => [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table-wrap"))
  .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
# A worker's pages are many: in parts, so that two processes share them.
LEAST = {Role.WORKER: 15, Role.LEAD: 2, Role.ADMINISTRATOR: 10, Role.PRIVACY_OFFICER: 1}  # others have their day and no page that a worker has not
PARTS = [(Role.WORKER, part, 4) for part in range(4)] + [(role, 0, 1) for role in READERS[1:]]


@pytest.fixture
def world(settings):
    settings.DEMO = True
    return make_world()


def addresses_of(role: str, world) -> list[str]:
    """Return the addresses of this reader that no earlier reader has shown."""
    earlier = READERS[: READERS.index(role)]
    found = []
    for name, _pattern in all_pages():
        allow = rules_of(name)
        if name in OPEN_TO_ALL | NO_PAGE or PUBLIC in allow or role not in allow or any(other in allow for other in earlier):
            continue
        found.append(reverse(name, kwargs=sample_kwargs(name, world)))
    return found


def look_at(page: Page, address: str, axe) -> bool:
    """Open a page with all its folds and let axe look, wide and narrow; return whether there was a page at all."""
    response = page.goto(address)
    if response is None or response.status != 200 or "text/html" not in response.headers.get("content-type", ""):
        return False
    open_folds(page)
    look_twice(page, axe)
    return True


def look_twice(page: Page, axe) -> None:
    """Let axe look at both widths, and see that nothing sticks out, on the narrowest screen neither."""
    page.set_viewport_size(NARROW)
    assert fits(page), f"{page.url} is wider than {NARROW['width']}: {page.evaluate(STICKS_OUT)}"
    for size in SIZES.values():
        page.set_viewport_size(size)
        assert fits(page), f"{page.url} is wider than {size['width']}: {page.evaluate(STICKS_OUT)}"
        axe(page)


@pytest.mark.parametrize(("role", "part", "parts"), PARTS)
def test_every_page_with_everything_open(page, axe, world, live_server, role, part, parts):
    session = log_in(Client(), world.members[role].worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    addresses = addresses_of(role, world)[part::parts]
    seen = [address for address in addresses if look_at(page, address, axe)]
    assert len(seen) >= LEAST.get(role, 0), f"only {len(seen)} of {len(addresses)} addresses have a page"
    assert look_at(page, "/", axe)
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    look_twice(page, axe)


def test_every_page_without_an_account(page, axe, world):
    public = [name for name, _ in all_pages() if PUBLIC in rules_of(name) and name not in NO_PAGE]
    addresses = [reverse(name, kwargs=sample_kwargs(name, world)) for name in public] + ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/nowhere"]
    for address in addresses:
        page.goto(address)
        open_folds(page)
        look_twice(page, axe)
    assert len(public) >= 3

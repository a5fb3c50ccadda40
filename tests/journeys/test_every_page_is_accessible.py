"""axe-core looks at every page of every kind of reader, at both sizes, with every fold and dialog open."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from nabij.access.doors import PUBLIC
from nabij.access.models import Role
from nabij.access.web.addresses import all_pages, rules_of
from tests.journeys.town import PASSWORD, log_in
from tests.support.addresses import OPEN_TO_ALL, sample_kwargs
from tests.support.hands import Pointer
from tests.support.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
# A worker meets nearly every page; the others only what the worker may not open.
READERS = [Role.WORKER, Role.LEAD, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.COUNTER, Role.VOLUNTEER]
NO_PAGE = {"drafts:save", "signals:paper", "debts:refused", "calendars:feed"}  # an answer without a page, and a file
OPEN_ALL = "document.querySelectorAll('main details').forEach(fold => { fold.removeAttribute('name'); fold.open = true; })"


@pytest.fixture
def world(settings):
    settings.DEMO = True
    world = make_world()
    for role in READERS:
        worker = world.members[role].worker
        worker.is_demo, worker.email = True, f"{role.value}@nabij.example"
        worker.set_password(PASSWORD)
        worker.save()
    return world


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
    """Open a page with all its folds and let axe look; return whether there was a page at all."""
    response = page.goto(address)
    if response is None or response.status != 200 or "text/html" not in response.headers.get("content-type", ""):
        return False
    page.evaluate(OPEN_ALL)
    page.wait_for_load_state("networkidle")
    axe(page)
    return True


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_with_everything_open(new_page, axe, world, size):
    seen = 0
    for role in READERS:
        page = new_page(size, reduced_motion="reduce")  # half-faded text has no contrast to measure
        log_in(page, Pointer(page), world.members[role], arrives=False)
        seen += sum(look_at(page, address, axe) for address in addresses_of(role, world))
        page.keyboard.press("?")
        expect(page.locator("dialog[open]")).to_be_visible()
        axe(page)
        page.context.close()
    assert seen >= 60


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_page_without_an_account(new_page, axe, world, size):
    page = new_page(size)
    public = [name for name, _ in all_pages() if PUBLIC in rules_of(name) and name not in NO_PAGE]
    addresses = [reverse(name, kwargs=sample_kwargs(name, world)) for name in public] + ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/nowhere"]
    for address in addresses:
        page.goto(address)
        page.evaluate(OPEN_ALL)
        axe(page)
    assert len(public) >= 3

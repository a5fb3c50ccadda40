"""A real Chromium for tests: one per process, a fresh context per page, and axe-core."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# A refused form answers 4xx on purpose; Chromium reports every such answer as an error.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


def chromium_program() -> str | None:
    """Return the path of the Chromium on this machine: NABIJ_CHROMIUM, or the first known name on the path."""
    return os.environ.get("NABIJ_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this process."""
    program = chromium_program()
    if program is None:
        pytest.fail(
            "no Chromium found: install it (Debian: apt-get install chromium) or run with NABIJ_WITHOUT=browser"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open pages: `new_page("desktop")` or `new_page("phone")`, each a browser of its own without any cookie.

    At the end every script error and every breach of the content security policy fails the test.
    """
    contexts, complaints = [], []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            complaints.append(message.text)

    def open_page(size: str = "desktop", **options: object) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=SIZES[size], locale="nl-NL", timezone_id="Europe/Amsterdam", **options
        )
        context.set_default_timeout(30_000)  # a busy machine is slow, not wrong
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page at 1280 x 900."""
    return new_page("desktop")


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page at 390 x 844, with touch."""
    return new_page("phone", has_touch=True)


@pytest.fixture(params=list(SIZES))
def any_page(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    """The same test at both sizes."""
    return new_page(request.param)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Check a page as it stands now with axe-core: `axe(page)`; any violation fails, and says where and what to do."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        lines = [
            f"  {violation['id']} ({violation['impact']}): {violation['help']}\n"
            + "\n".join(
                f"    {' '.join(map(str, node['target']))}\n      {node['html'][:160]}" for node in violation["nodes"]
            )
            for violation in found
        ]
        if lines:
            pytest.fail(f"{len(lines)} axe violations on {page.url}:\n" + "\n".join(lines), pytrace=False)

    return check

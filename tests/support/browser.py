"""A real Chromium for tests: one per process, a fresh context per page, and axe-core."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PATIENCE = 60_000  # milliseconds: a busy machine is slow, not wrong
# The shell without windows first: the same engine, and a new page costs it a tenth of the work.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# A refused form answers 4xx on purpose; Chromium reports every such answer as an error.
EXPECTED = "Failed to load resource: the server responded with a status of 4"
# A folder: every page that axe looks at is kept there as a picture.
PICTURES = os.environ.get("NABIJ_PICTURES")
# Loaded, nothing on its way from the server, nothing fading: what stands there now stays.
SETTLED = """() => document.readyState === "complete"
    && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")
    && !document.getAnimations().some(moving => moving.playState === "running" && moving.effect.getComputedTiming().endTime !== Infinity)"""
# Opens every fold and waits until each has said so; from then on what a fold fetches is on its way.
OPEN_FOLDS = """async () => {
  const shut = [...document.querySelectorAll("main details")].filter(fold => { fold.removeAttribute("name"); return !fold.open; });
  await Promise.all(shut.map(fold => new Promise(opened => { fold.addEventListener("toggle", opened, { once: true }); fold.open = true; })));
}"""
LOOK = """async () => (await axe.run({ resultTypes: ["violations"] })).violations"""


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
    expect.set_options(timeout=PATIENCE)
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
        given = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=live_server.url, viewport=SIZES[size], **given)
        context.set_default_timeout(PATIENCE)
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


def settle(page: Page) -> None:
    """Wait until the page stands still."""
    page.wait_for_function(SETTLED)


def open_folds(page: Page) -> None:
    """Open everything that folds, and wait until each panel has fetched its form."""
    page.evaluate(OPEN_FOLDS)
    settle(page)


def fits(page: Page) -> bool:
    """Return whether nothing is wider than the screen."""
    settle(page)
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def keep_picture(page: Page) -> None:
    """Keep how the page looks, for somebody to look at."""
    name = re.sub(r"\W+", "-", urlsplit(page.url).path).strip("-") or "my-day"
    page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}-{time.time_ns()}.png", full_page=True)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Check a page as it stands with axe-core, once it stands still: `axe(page)`; any violation fails, and says where and what to do."""

    def check(page: Page) -> None:
        settle(page)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        lines = [
            f"  {violation['id']} ({violation['impact']}): {violation['help']}\n"
            + "\n".join(
                f"    {' '.join(map(str, node['target']))}\n      {node['html'][:160]}\n      {node['failureSummary'][:300]}"
                for node in violation["nodes"]
            )
            for violation in page.evaluate(LOOK)
        ]
        if PICTURES:
            keep_picture(page)
        if lines:
            pytest.fail(f"{len(lines)} axe violations on {page.url}:\n" + "\n".join(lines), pytrace=False)

    return check

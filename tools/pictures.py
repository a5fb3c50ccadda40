"""Make the pictures in docs/pictures from a running demonstration, so that they stay true.

python tools/pictures.py        needs Chromium; starts a demonstration of its own in a temporary folder and stops it again
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.browser import SIZES, chromium_program  # noqa: E402 - the tests know where Chromium is

FOLDER = ROOT / "docs" / "pictures"
PORT = 8399
ADDRESS = f"http://localhost:{PORT}"
PATIENCE = 300  # seconds for the demonstration to be made and served


def start(data: str) -> subprocess.Popen[bytes]:
    """Start a demonstration and wait until it answers."""
    words = [sys.executable, "start.py", "--port", str(PORT), "--data", data]
    server = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    for _ in range(PATIENCE):
        try:
            urllib.request.urlopen(f"{ADDRESS}/health", timeout=2)  # noqa: S310 - our own address
            return server
        except OSError:
            time.sleep(1)
    server.terminate()
    raise SystemExit("the demonstration did not start")


def worker(data: str) -> tuple[str, str]:
    """Return the log-in of the demonstration's first neighbourhood team worker."""
    environment = {**os.environ, "NABIJ_DATA": data, "NABIJ_DEMO": "yes"}
    words = [sys.executable, "-m", "nabij", "demo", "--print-logins"]
    table = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    address = re.search(r"[\w.]+@nabij\.example", table)
    return address[0] if address else "", (Path(data) / "secrets" / "demo.password").read_text().strip()


def log_in(page: Page, email: str, password: str) -> None:
    page.goto(f"{ADDRESS}/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()


def take(page: Page, name: str, size: str) -> None:
    """Take one picture, not longer than two screens."""
    width, height = SIZES[size]["width"], SIZES[size]["height"]
    tall = min(page.evaluate("document.documentElement.scrollHeight"), height * 2)
    page.set_viewport_size({"width": width, "height": int(tall)})
    page.screenshot(path=FOLDER / f"{name}-{size}.png")
    page.set_viewport_size(SIZES[size])


def round_of(browser: Browser, size: str, email: str, password: str) -> None:
    """Walk past the pages that the pictures show."""
    page = browser.new_page(viewport=SIZES[size], locale="nl-NL", timezone_id="Europe/Amsterdam")
    page.goto(f"{ADDRESS}/zorgen")
    take(page, "public-form", size)
    log_in(page, email, password)
    page.goto(ADDRESS)
    take(page, "my-day", size)
    page.goto(f"{ADDRESS}/triage")
    take(page, "triage", size)
    page.goto(ADDRESS)
    residents = page.locator("main a[href^='/residents/']").evaluate_all("links => links.map(a => a.href)")
    for address in residents:
        page.goto(address)
        plan = page.locator("main a[href^='/cases/']")
        known = page.locator("main a[href^='tel:']").count()
        if plan.count() and known and page.locator(".timeline li").count() > 4:
            break  # a resident with a story
    take(page, "resident", size)
    plan.first.click()
    page.wait_for_load_state()
    take(page, "plan", size)
    page.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nabij-pictures-") as data:
        server = start(data)
        try:
            email, password = worker(data)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox", "--disable-gpu"])
                for size in SIZES:
                    round_of(browser, size, email, password)
                browser.close()
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()

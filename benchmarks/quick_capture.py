"""How long does writing a worry down take on a telephone, in a real browser, at the pace of a person?

    python benchmarks/quick_capture.py [--write NAME]

The pace is chosen, not measured on people: 250 characters a minute (240 ms each, as two thumbs do), 1.2 s to find and tap something, 2 s
to look at a page that opens. The page is 390 pixels wide. From "Snel vastleggen" on the day's page until the answer "opgepakt door":
who it is about, what is going on (two short sentences), a tick for "not safe" looked at and left, and save. Aim: 30 seconds or less.
`by_hand` is the part the pace alone takes; what is left, `waiting`, is the page's.
"""

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results"
PER_CHARACTER, PER_TAP, PER_PAGE = 0.240, 1.2, 2.0
WHO, WORDS = "mw. De Vries, nr 12", "Doet niet open sinds maandag. Gordijnen dicht."
PASSWORD = "een lang wachtwoord voor de meting"  # noqa: S105 - of a made-up colleague in a throwaway folder
PREPARE = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from nabij.access.tests.factories import make_member, make_team
worker = make_member(make_team(), name="Noor").worker
worker.is_demo, worker.email = True, "noor@nabij.example"
worker.set_password("{PASSWORD}")
worker.save()
"""


def tap(page: Page, name: str, role: str = "button") -> None:
    """Find something and tap it, as fast as a person."""
    time.sleep(PER_TAP)
    page.get_by_role(role, name=name).first.tap()  # type: ignore[arg-type]


def write(page: Page, name: str, text: str) -> None:
    """Tap a field and type."""
    time.sleep(PER_TAP)
    field = page.locator(f"[name={name}]")
    field.tap()
    field.press_sequentially(text, delay=PER_CHARACTER * 1000)


def capture(page: Page) -> float:
    """Write one worry down; return the seconds."""
    page.goto("/")
    began = time.monotonic()
    time.sleep(PER_TAP)
    page.locator("a[href='/capture']:visible").first.tap()
    page.locator("[name=words]").wait_for()
    time.sleep(PER_PAGE)
    write(page, "who", WHO)
    write(page, "words", WORDS)
    time.sleep(PER_TAP)
    page.locator("main form button[type=submit]").first.tap()
    page.get_by_text("Opgepakt door").first.wait_for()
    return time.monotonic() - began


def drive(url: str, turns: int) -> list[float]:
    """Log in on a telephone and write so many worries down."""
    with sync_playwright() as player:
        program = os.environ.get("NABIJ_CHROMIUM", "/usr/bin/chromium")
        browser = player.chromium.launch(executable_path=program)
        page = browser.new_context(base_url=url, viewport={"width": 390, "height": 844}, has_touch=True, locale="nl-NL").new_page()
        page.set_default_timeout(60_000)
        page.goto("/account/login/")
        page.locator("[name=login]").fill("noor@nabij.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(f"{url}/")
        found = [capture(page) for _turn in range(turns)]
        browser.close()
    return found


def main() -> None:
    """Measure, print and write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--turns", type=int, default=3)
    asked.add_argument("--write", default="quick_capture")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NABIJ_")}
        env = {**kept, "NABIJ_DATA": folder, "NABIJ_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "nabij.config.settings", "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-W", "ignore", "-c", PREPARE], env=env, cwd=ROOT, check=True)
        free.close()
        words = [sys.executable, "-W", "ignore", "-m", "nabij", "serve", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(words, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            seconds = drive(f"http://127.0.0.1:{port}", given.turns)
        finally:
            server.terminate()
            server.wait(20)
    by_hand = 4 * PER_TAP + PER_PAGE + PER_CHARACTER * len(WHO + WORDS)
    found = {
        "seconds": [round(one, 1) for one in seconds], "median": round(statistics.median(seconds), 1), "aim": 30, "characters": len(WHO) + len(WORDS),
        "by_hand": round(by_hand, 1), "waiting": [round(one - by_hand, 1) for one in seconds],
        "per_character": PER_CHARACTER, "per_tap": PER_TAP, "per_page": PER_PAGE, "width": 390,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{given.write}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


def wait_for(port: int) -> None:
    """Wait until the server answers. Raises TimeoutError."""
    for _turn in range(600):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the server does not answer")


if __name__ == "__main__":
    main()

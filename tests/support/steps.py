"""Do what a page of documentation says: its sentences with a **bold** name are steps, and are done in a real browser.

A small set of sentences, in Dutch and in English. Whatever is bold and is none of these fails, so that a page cannot promise what no test follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from tests.support.hands import next_page

NAME = r"\*\*(?P<{}>[^*]+)\*\*"
TEXT = r'(?:"(?P<text>[^"]+)"|`(?P<slot>[^`]+)`)'
WHAT, ROW, VALUE = NAME.format("what"), NAME.format("row"), NAME.format("value")
SENTENCES = {
    "click": (rf"[Kk]lik op {WHAT}", rf"[Cc]lick {WHAT}"),
    "click_at": (rf"[Kk]lik bij {ROW} op {WHAT}", rf"[Nn]ext to {ROW}, click {WHAT}"),
    "write": (rf"[Vv]ul bij {WHAT} in: {TEXT}", rf"[Ff]ill in {WHAT}: {TEXT}"),
    "choose": (rf"[Kk]ies bij {WHAT} voor {VALUE}", rf"[Aa]t {WHAT}, choose {VALUE}"),
    "see": (rf"[Jj]e ziet {WHAT}", rf"[Yy]ou see {WHAT}"),
    "open": (r"[Gg]a naar <https?://[^/>]+(?P<path>/?[^>]*)>", r"[Gg]o to <https?://[^/>]+(?P<path>/?[^>]*)>"),
}
BOLD = re.compile(r"\*\*[^*]+\*\*")


@dataclass(frozen=True)
class Step:
    """One thing to do, and the line that says so."""

    line: int
    verb: str
    said: str
    names: dict[str, str]


class Unreadable(Exception):
    """A line has a bold name that is in none of the sentences we know."""


def prose_of(path: Path) -> Iterator[tuple[int, str]]:
    """Return the numbered lines of a page, without its blocks of code."""
    is_code = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("```"):
            is_code = not is_code
        elif not is_code:
            yield number, line


def commands_of(path: Path) -> list[str]:
    """Return the lines of the blocks of code."""
    blocks = re.findall(r"^```\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def steps_of(path: Path) -> list[Step]:
    """Return everything a page tells its reader to do, in order. Raises Unreadable: for a bold name outside the known sentences."""
    return [step for number, line in prose_of(path) for step in _steps_in(path, number, line)]


def _steps_in(path: Path, number: int, line: str) -> list[Step]:
    found = [
        (match.start(), match.end(), Step(number, verb, match[0], {k: v for k, v in match.groupdict().items() if v}))
        for verb, sentences in SENTENCES.items()
        for sentence in sentences
        for match in re.finditer(sentence, line)
    ]
    for bold in BOLD.finditer(line):
        if not any(start <= bold.start() and bold.end() <= end for start, end, _step in found):
            raise Unreadable(f"{path.name}:{number}: no test can follow {bold[0]}")
    whole = [
        one for one in found if not any(one is not other and other[0] < one[0] < one[1] <= other[1] for other in found)
    ]
    return [step for _start, _end, step in sorted(whole, key=lambda one: one[0])]


class Reader:
    """Somebody who does what is written, word for word. `slots`: what stands between backticks, such as a password."""

    def __init__(self, page: Page, slots: dict[str, str]) -> None:
        self.page, self.slots = page, slots

    def follow(self, path: Path) -> int:
        """Do every step of a page and return how many; a step that cannot be done fails with the line that says it."""
        steps = steps_of(path)
        for step in steps:
            try:
                getattr(self, step.verb)(**step.names)
            except (AssertionError, PlaywrightError, KeyError) as failure:
                raise AssertionError(
                    f"{path.name}:{step.line}: {step.said!r} cannot be done on {self.page.url}: {failure}"
                ) from failure
        return len(steps)

    def open(self, path: str = "") -> None:
        self.page.goto(path or "/")

    def see(self, what: str) -> None:
        expect(self.page.locator("body")).to_contain_text(what)

    def click(self, what: str) -> None:
        self._press([self.page.locator("main"), self.page.locator("body")], what)

    def click_at(self, row: str, what: str) -> None:
        self._press([self.page.locator("main li.row").filter(has_text=row)], what)

    def write(self, what: str, text: str = "", slot: str = "") -> None:
        self._first(self._labelled(self.page.locator("main"), what)).fill(text or self.slots[slot])

    def choose(self, what: str, value: str) -> None:
        group = self.page.get_by_role("group", name=_exactly(what))
        self._first(group.get_by_label(_exactly(value))).check()

    def _labelled(self, where: Locator, what: str) -> list[Locator]:
        return [self.page.locator("details[open]").get_by_label(_exactly(what)), where.get_by_label(_exactly(what))]

    def _press(self, places: list[Locator], what: str) -> None:
        """Press what carries this name: first in a panel that stands open, then in these places in turn."""
        name, place = _exactly(what), places[0]
        panel = place.locator("details.act[open] form")
        summary = place.locator("details:not([open]) > summary").filter(has_text=re.compile(rf"^\s*{re.escape(what)}"))
        kinds = [where.get_by_role(role, name=name) for where in [panel, *places] for role in ("button", "link")]
        target = self._first([kinds[0], summary, *kinds[1:]])
        panel_of = target.element_handle().query_selector("xpath=self::summary/..")
        with next_page(self.page, target):
            target.click()
        if panel_of and "act" in (panel_of.get_attribute("class") or "").split():
            panel_of.wait_for_selector("form")  # fetched when it is opened

    def _first(self, choices: Locator | list[Locator]) -> Locator:
        """Return the first that can be seen."""
        for choice in choices if isinstance(choices, list) else [choices]:
            for one in choice.all():
                if one.is_visible():
                    return one
        raise AssertionError("nothing on this page has that name")


def _exactly(name: str) -> re.Pattern[str]:
    """Match a name as people read it: without what screen readers hear after a colon, and without "(not required)"."""
    return re.compile(rf"^\s*{re.escape(name)}\s*(:.*|\((niet verplicht|not required)\))?\s*$", re.DOTALL)

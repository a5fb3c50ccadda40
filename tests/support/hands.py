"""Two ways to use a page: with a pointer, and with the keyboard alone. A journey is written once and played with both."""

from django.utils.translation import gettext, override
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect


def dutch(words: str, **names: object) -> str:
    """Return how the interface says this in Dutch."""
    with override("nl"):
        return gettext(words) % names if names else gettext(words)


class Pointer:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, target: Locator) -> None:
        target.check()

    def pick(self, target: Locator, label: str) -> None:
        target.select_option(label=label)


class Keyboard:
    """Never touches the pointer: Tab to it, then Enter, Space or the arrows."""

    LIMIT = 160  # more than this many times Tab is no way to work

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Tab until the target has the focus."""
        expect(target).to_be_visible()
        for _ in range(self.LIMIT):
            if target.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not to be reached with Tab: {target}")

    def press(self, target: Locator) -> None:
        """Press Enter; after a link or a send button, wait for the next page, as a click would."""
        self.reach(target)
        leaves = target.evaluate("e => e.tagName === 'A' || (e.tagName === 'BUTTON' && e.type === 'submit')")
        before = self._page_born()
        self.page.keyboard.press("Enter")
        while leaves and self._page_born() == before:
            self.page.wait_for_timeout(50)
        self.page.wait_for_load_state()

    def _page_born(self) -> float:
        try:
            return self.page.evaluate("performance.timeOrigin")
        except PlaywrightError:  # between two pages
            return self.page.evaluate("performance.timeOrigin")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        if target.get_attribute("type") == "date":
            target.fill(text)  # the order of day, month and year is the browser's; the field itself was reached
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, target: Locator) -> None:
        """Choose a radio by its arrows, a tick box by Space."""
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        group = target.locator("xpath=ancestor::form").locator(f"input[name='{target.get_attribute('name')}']")
        chosen = group.and_(self.page.locator(":checked"))
        self.reach(chosen.first if chosen.count() else group.first)
        for _ in range(group.count() + 1):
            if target.is_checked():
                return
            self.page.keyboard.press("Space" if not group.and_(self.page.locator(":checked")).count() else "ArrowDown")
        raise AssertionError(f"not to be chosen with the keyboard: {target}")

    def pick(self, target: Locator, label: str) -> None:
        self.reach(target)
        self.page.keyboard.type(label)

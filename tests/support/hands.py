"""Two ways to use a page: with a pointer, and with the keyboard alone. A journey is written once and played with both."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect


def dutch(words: str, **names: object) -> str:
    """Return how the interface says this in Dutch."""
    with override("nl"):
        return gettext(words) % names if names else gettext(words)


# Whether pressing this asks for another page: a link to elsewhere, or the button of a form that is sent as a whole.
LEAVES = """pressed => {
  const link = pressed.closest("a[href]");
  if (link) return !link.getAttribute("href").startsWith("#") && !link.matches("[download], [target], [hx-get], [hx-post]");
  const button = pressed.closest("button, input[type=submit]");
  return Boolean(button?.form) && button.type === "submit" && !button.form.matches("[hx-get], [hx-post]")
    && (button.form.noValidate || button.form.checkValidity());
}"""


@contextmanager
def next_page(page: Page, pressed: Locator) -> Iterator[None]:
    """Press inside: when that asks for another page, go on only when the other page stands there.

    A click returns when the browser has been told, not when it has gone; who opens an address right after it breaks off what was asked.
    """
    leaves = pressed.evaluate(LEAVES)
    if leaves:
        page.evaluate("window.pageBefore = true")
    yield
    if leaves:
        page.wait_for_function("() => !window.pageBefore && document.readyState === 'complete'")


class Pointer:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        with next_page(self.page, target):
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
        """Press Enter."""
        self.reach(target)
        with next_page(self.page, target):
            self.page.keyboard.press("Enter")

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

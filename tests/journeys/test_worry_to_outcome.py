"""From a worry to an outcome, as people do it: a neighbour tells, a worker takes it, the resident is seen, and it ends well.

Played with a pointer on a desktop and on a phone, and with the keyboard alone; axe-core looks at every page on the way.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from nabij.commitments.models import Commitment
from nabij.signals.models import Signal
from tests.journeys.town import log_in, make_town
from tests.support.hands import Keyboard, Pointer, dutch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.main_journey]
WORDS = "Mijn buurvrouw van nummer 12 doet de gordijnen niet meer open."


class Journey:
    """One person's hands on one page, with axe looking over the shoulder."""

    def __init__(self, page: Page, hand_type, axe) -> None:
        self.page, self.hand, self.axe = page, hand_type(page), axe

    def button(self, words: str, inside: str = "main"):
        return self.page.locator(inside).get_by_role("button", name=dutch(words), exact=True).first

    def link(self, words: str):
        return self.page.locator("main").get_by_role("link", name=dutch(words)).first

    def field(self, words: str):
        return self.page.locator("main").get_by_label(dutch(words)).first

    def press(self, words: str) -> None:
        self.hand.press(self.button(words))

    def follow(self, words: str) -> None:
        self.hand.press(self.link(words))

    def write(self, words: str, text: str) -> None:
        self.hand.write(self.field(words), text)

    def choose(self, words: str) -> None:
        self.hand.choose(self.field(words))

    def open_panel(self, words: str, row: str = "main"):
        """Open a panel of a row or card and wait for its form; return the panel."""
        panel = self.page.locator(f"{row} details.act").filter(has=self.page.locator("summary", has_text=dutch(words))).first
        self.hand.press(panel.locator("summary"))
        expect(panel.locator("form").first).to_be_visible()
        return panel

    def sees(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def looks(self) -> None:
        self.axe(self.page)


HANDS = {"desktop": ("desktop", Pointer), "phone": ("phone", Pointer), "keyboard": ("desktop", Keyboard)}


@pytest.fixture(params=list(HANDS))
def way(request, new_page, axe, settings):
    settings.DEMO = True
    size, hand = HANDS[request.param]
    return lambda: Journey(new_page(size), hand, axe)


def tell(neighbour: Journey, who: str, clock) -> str:
    """A neighbour tells it on the public form; return the receipt number."""
    neighbour.page.goto("/zorgen")
    neighbour.looks()
    neighbour.write("What is going on?", WORDS)
    neighbour.write("Who is it about?", who)
    neighbour.write("Postcode", "1442 AB")
    neighbour.write("Your e-mail address", "buur@voorbeeld.example")
    clock.forward(seconds=4)  # nobody types this in three seconds; programs do
    neighbour.press("Send")
    neighbour.sees(dutch("Your number"))
    neighbour.looks()
    return neighbour.page.locator(".spoken").inner_text()


def status_of(neighbour: Journey, number: str) -> str:
    """What the status page says to this number, word for word."""
    neighbour.page.goto("/zorgen/status")
    neighbour.write("Your number", number)
    neighbour.press("Look it up")
    notice = neighbour.page.locator("[role=status]")
    expect(notice).to_be_visible()
    neighbour.looks()
    return notice.inner_text()


def take_and_link(worker: Journey) -> None:
    """The worker takes the signal on my day and finds who it is about."""
    worker.looks()
    worker.hand.press(worker.page.locator("aside").get_by_role("button", name=dutch("I take this")).first)
    signal = Signal.objects.select_related("commitment__owner__worker").order_by("received_at").first()
    expect(worker.page.locator("main")).to_be_visible()
    worker.page.goto(f"/signals/{signal.ref}")
    worker.sees("Noor de Wit")
    worker.looks()
    panel = worker.page.locator("details.act").filter(has=worker.page.locator("summary", has_text=dutch("Belongs to a resident")))
    worker.hand.press(panel.locator("summary"))
    worker.hand.write(panel.locator("input[name=words]"), "dalen riet 1951")
    worker.hand.press(panel.get_by_role("button", name=dutch("Search")))
    worker.sees("Riet van Dalen")
    worker.looks()


def open_case(worker: Journey) -> None:
    """Open a case from the signal."""
    worker.hand.press(worker.page.get_by_role("link", name=dutch("Open a case: %(who)s", who="Riet van Dalen")))
    worker.sees(WORDS)
    worker.looks()
    worker.write("What does the resident ask, in their own words?", "Ik wil weer onder de mensen komen.")
    worker.press("Open the case")
    worker.sees("Ik wil weer onder de mensen komen.")


def add_activity(worker: Journey, text: str, rung: str, carrier: str) -> None:
    panel = worker.open_panel("Add what happens")
    worker.hand.write(panel.get_by_label(dutch("What happens?")), text)
    worker.hand.choose(panel.get_by_label(dutch(rung)))
    worker.hand.write(panel.get_by_label(dutch("Who does it?")), carrier)
    worker.looks()
    worker.hand.press(panel.get_by_role("button", name=dutch("Into the plan")))
    worker.sees(text)


def make_plan(worker: Journey) -> None:
    """A goal, two rungs of the ladder, the own network asked and not safe, agreed by word of mouth."""
    panel = worker.open_panel("Add a goal")
    worker.hand.write(panel.get_by_label(dutch("What does the resident want to reach?")), "Elke week naar de koffieochtend")
    worker.hand.press(panel.get_by_role("button").last)
    worker.sees("Elke week naar de koffieochtend")
    add_activity(worker, "Dagelijks een rondje lopen", "Self", "mevrouw zelf")
    add_activity(worker, "Meelopen naar de koffieochtend", "Volunteers and neighbourhood", "vrijwilliger van het buurthuis")
    worker.press("Not safe")
    worker.sees(dutch("Not safe"))
    panel = worker.open_panel("The resident agrees")
    worker.hand.write(panel.get_by_label(dutch("Who were there?")), "mevrouw en haar dochter")
    worker.hand.press(panel.get_by_role("button").last)
    worker.sees("mevrouw en haar dochter")
    worker.looks()


def record_contact(worker: Journey) -> None:
    worker.hand.press(worker.page.locator("main").get_by_role("link", name=dutch("Record contact")).first)
    worker.looks()
    worker.choose("Visit at home")
    worker.hand.choose(worker.page.locator("input[name=reached][value=yes]"))
    worker.hand.write(worker.page.locator("textarea").first, "Koffie gedronken. Ze wil het proberen.")
    worker.press("Save")


def pause(worker: Journey, until) -> None:
    panel = worker.open_panel("Nothing for now")
    worker.hand.write(panel.locator("[name=reason]"), "Mevrouw wil eerst zelf proberen.")
    worker.hand.write(panel.locator("[name=agreed_with]"), "mevrouw")
    worker.hand.write(panel.locator("[name=look_again_on]"), until.isoformat())
    worker.hand.write(panel.locator("[name=sooner_if]"), "De dochter belt.")
    worker.looks()
    worker.hand.press(panel.get_by_role("button", name=dutch("Nothing for now")))
    worker.sees("De dochter belt.")


def close(worker: Journey) -> None:
    """End with the goal's result and the resident's own word."""
    worker.hand.press(worker.page.locator("main").get_by_role("link", name=dutch("Close the case")).first)
    worker.looks()
    worker.choose("Reached")
    worker.write("What does the resident say about it?", "Ik ga er nu elke week heen.")
    worker.write("Why does it end now?", "Het loopt vanzelf.")
    worker.choose("What still runs ends with the case")
    worker.press("Close the case")
    worker.sees(dutch("The case is closed. Thank you."))
    worker.looks()


def test_from_a_worry_to_an_outcome(way, clock):
    town = make_town()
    neighbour, other, worker = way(), way(), way()
    known, unknown = tell(neighbour, "Mevrouw Van Dalen, Tulpstraat 12", clock), tell(other, "Een man met een hond bij het station", clock)
    told = [(status_of(neighbour, known), status_of(other, unknown))]

    log_in(worker.page, worker.hand, town.noor)
    take_and_link(worker)
    open_case(worker)
    make_plan(worker)
    case_url = worker.page.url
    record_contact(worker)
    worker.page.goto(case_url)
    until = timezone.localdate() + timedelta(days=21)
    pause(worker, until)
    worker.page.goto("/")
    expect(worker.page.locator("#band-late, #band-today, #band-now")).to_have_count(0)

    clock.to(until - timedelta(days=14))
    told.append((status_of(neighbour, known), status_of(other, unknown)))
    clock.to(until)
    told.append((status_of(neighbour, known), status_of(other, unknown)))

    log_in(worker.page, worker.hand, town.noor)
    worker.sees(dutch("Nothing was done for a while: look again"))
    worker.looks()
    worker.page.goto(case_url)
    close(worker)
    worker.page.goto(case_url)
    worker.sees("Ik ga er nu elke week heen.")
    worker.looks()
    assert Commitment.objects.open().filter(dossier=town.resident.dossier).count() == 0
    assert [known_says == unknown_says for known_says, unknown_says in told] == [True, True, True]
    assert len({known_says for known_says, _ in told}) == 3

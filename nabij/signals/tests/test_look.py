"""The pages in a real browser, at both widths: nothing that axe-core finds, by keyboard alone, panels open."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from nabij.access.models import TeamArea
from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_neighbourhood, make_team
from nabij.residents.models import Resident
from nabij.signals.actions import decide
from nabij.signals.models import Signal
from tests.support.hands import Pointer

from .factories import REPORTER, log_in, make_signal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    team = make_team(name="Team Overwhere")
    house = team.municipality
    house.phone, house.reading_hours = "0299 123 456", "We lezen dit op werkdagen tussen 9 en 17 uur."
    house.save()
    for name in ("Overwhere", "Gors", "Middenbeemster"):
        TeamArea.objects.create(team=team, neighbourhood=make_neighbourhood(house, name), from_on=date(2020, 1, 1))
    return team


def enter(page: Page, client, member, live_server) -> None:
    """Bring the log-in of the test client into the browser."""
    log_in(client, member)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


@pytest.fixture
def queue(team):
    """A queue as on a Monday: danger, a child, a mail, a resident we know, one that waits for a second word."""
    now = timezone.now()
    place = team.areas.first().neighbourhood
    dossier = make_dossier(team)
    Resident.objects.create(dossier=dossier, call_name="Ria", surname="Bos")
    mine = {"neighbourhood": place}
    make_signal(team, at=now - timedelta(days=3), who="Gezin aan de Wormerplein", words="Geschreeuw, elke avond.", about_child=True, reporter=REPORTER, **mine)
    unsafe = make_signal(team, at=now - timedelta(hours=3), who="Mevrouw op nummer 12", words="Ze doet niet open en roept om hulp.", unsafe=True, **mine)
    decide(actor=actor_for(team.lead, now), at=now, signal=unsafe, kind="nothing", reason="Vergist", asks_support=False)
    make_signal(team, at=now - timedelta(days=1), dossier=dossier, asks_support=True, words="Vraagt hulp bij het huishouden.")
    make_signal(team, at=now - timedelta(days=2), channel="email", who="Fwd: zorgen over onze buurman", words="Beste team, wij maken ons zorgen.", suspicion="fast")
    make_signal(team, at=now, about="place", who="", place="Speeltuin Wheermolen", words="Jongeren hangen er tot laat.")
    return team


def test_public_pages(any_page, axe, team):
    page = any_page
    page.goto("/zorgen")
    axe(page)
    Pointer(page).press(page.get_by_role("button", name="Versturen"))
    axe(page)
    assert page.get_by_text("Nog niet alles", exact=False).count() <= 1
    page.get_by_label("Wat is er aan de hand?").fill("De buurvrouw is al dagen niet buiten geweest.")
    page.get_by_label("Over wie gaat het?").fill("De mevrouw van nummer 12")
    page.get_by_role("button", name="Versturen").click()
    page.wait_for_url("**/zorgen/received")
    axe(page)
    number = page.locator(".spoken").inner_text()
    page.goto("/zorgen/status")
    page.get_by_label("Uw nummer").fill(number)
    page.keyboard.press("Enter")
    page.get_by_text("Ontvangen", exact=True).wait_for()
    axe(page)
    assert Signal.objects.count() == 1


def test_capture_by_keyboard_alone(any_page, axe, client, live_server, team):
    page = any_page
    enter(page, client, make_member(team, "counter"), live_server)
    page.goto("/capture")
    axe(page)
    page.get_by_label("Over wie gaat het?").focus()
    page.keyboard.type("Meneer Jansen")
    page.get_by_label("Wat is er aan de hand?").focus()
    page.keyboard.type("Gordijnen al dagen dicht")
    page.get_by_text("Meer: hoe het binnenkwam").focus()
    page.keyboard.press("Enter")
    axe(page)
    page.get_by_role("button", name="Vastleggen", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/capture/mine")
    axe(page)
    assert Signal.objects.get().words == "Gordijnen al dagen dicht"


def test_capture_fits_one_screen(any_page, client, live_server, team):
    page = any_page
    enter(page, client, make_member(team), live_server)
    page.goto("/capture")
    button = page.get_by_role("button", name="Vastleggen", exact=True).bounding_box()
    bar = 68 if page.viewport_size["width"] < 500 else 0  # the menu under the thumb
    assert button["y"] + button["height"] <= page.viewport_size["height"] - bar


def test_triage_and_every_panel(any_page, axe, client, live_server, queue):
    page = any_page
    enter(page, client, queue.lead_substitute, live_server)
    page.goto("/triage")
    axe(page)
    page.get_by_role("link", name="Gezin aan de Wormerplein", exact=True).click()
    page.wait_for_url("**/signals/*")
    axe(page)
    for panel in page.locator(".options details").all():
        panel.locator("summary").click()
        panel.locator("form").first.wait_for()
        axe(page)
    page.goto("/triage")
    Pointer(page).press(page.get_by_role("link", name="Tweede oordeel geven"))
    axe(page)
    page.get_by_label("Ja, dit klopt").check()
    page.get_by_role("button", name="Tweede oordeel geven").click()
    page.wait_for_url("**/triage")


def test_a_signal_is_taken_searched_and_decided(page, axe, client, live_server, queue):
    enter(page, client, queue.lead_substitute, live_server)
    page.goto("/triage")
    page.get_by_role("button", name="Ik pak dit op: Speeltuin Wheermolen").click()
    page.wait_for_url("**/signals/*")
    page.get_by_text("Hoort bij een inwoner").click()
    page.get_by_label("Naam, geboortedatum, adres of telefoonnummer").fill("Bos")
    page.get_by_role("button", name="Zoeken").click()
    page.wait_for_url("**/link")
    axe(page)
    page.go_back()
    page.get_by_text("Antwoord of advies geven").first.click()
    panel = page.locator(".options details[open]")
    panel.get_by_label("Wat heb je gezegd of geadviseerd?").fill("Jongerenwerk gaat langs")
    panel.get_by_label("Nee").check()
    panel.get_by_role("button", name="Antwoord of advies geven").click()
    page.wait_for_url("**/triage")
    assert Signal.objects.get(place="Speeltuin Wheermolen").commitment.outcome == "answered"

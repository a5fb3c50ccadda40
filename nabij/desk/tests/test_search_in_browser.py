"""Search while typing, in a real browser: a misspelt name, the reasons, open; by keyboard, without script, and nothing of who is restricted."""

import pytest
from django.test import Client
from django.urls import reverse

from nabij.access.tests.factories import make_team
from nabij.commitments.tests.factories import log_in
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits

pytestmark = pytest.mark.django_db(transaction=True)
HOME = {"street": "Dorpsstraat", "number": "14", "postcode": "1441 AB", "place": "Purmerend"}
BORN = {"birth_year": 1951, "birth_month": 7, "birth_day": 4}
BOX = "Naam, geboortedatum"


def enter(page, member, live_server) -> None:
    session = log_in(Client(), member.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(reverse("desk:search"))


def test_a_misspelt_name_is_found_while_typing_with_the_reasons_and_opened(any_page, axe, live_server, team) -> None:
    resident = make_resident(team, "Meijer", call_name="Cornelia", address=HOME, **BORN)
    make_resident(team, "Bakker", call_name="Piet")
    enter(any_page, team.lead, live_server)
    any_page.get_by_label(BOX).press_sequentially("kornelia maier 4-7-1951")
    row = any_page.locator("#answer li", has_text="Cornelia Meijer")
    row.get_by_text("zeker").wait_for()
    assert "achternaam klinkt hetzelfde" in row.inner_text()
    assert fits(any_page)
    axe(any_page)
    row.get_by_role("link").focus()
    any_page.keyboard.press("Enter")
    any_page.wait_for_url(f"**{reverse('desk:resident', args=[resident.dossier.ref])}")


def test_a_restricted_resident_leaks_nothing(page, live_server, team) -> None:
    other = make_team(team.municipality)
    make_resident(other, "Jansen", call_name="Ans", restricted=True, address=HOME, **BORN)
    enter(page, team.lead, live_server)
    seen = []
    for words in ("ans jansen 4-7-1951", "els dekker 4-7-1951"):
        page.get_by_label(BOX).fill(words)
        page.get_by_role("button", name="Zoeken").click()
        page.get_by_text("Bij jou niet bekend").wait_for()
        seen.append(page.locator("#answer").inner_text())
    assert seen[0] == seen[1]


def test_without_script_the_same_box_works(new_page, live_server, team) -> None:
    make_resident(team, "Meijer", call_name="Cornelia", **BORN)
    page = new_page("phone", java_script_enabled=False)
    enter(page, team.lead, live_server)
    page.get_by_label(BOX).fill("mijer cornelia")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 inwoner gevonden").wait_for()

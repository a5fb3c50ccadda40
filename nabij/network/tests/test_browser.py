"""The network and the map by keyboard alone, at both sizes, with everything open."""

import pytest
from playwright.sync_api import expect

from nabij.access.tests.factories import make_team
from nabij.network.models import Tie
from nabij.residents.tests.factories import make_resident
from nabij.residents.tests.test_pages import logged_in
from tests.support.browser import fits, open_folds
from tests.support.hands import Keyboard

from .factories import make_load, make_tie

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_is_added_by_keyboard_and_the_map_is_accessible(any_page, axe, live_server) -> None:
    team = make_team()
    dossier = make_resident(team, call_name="Riet").dossier
    for name, kind, ring in (("Huisarts Kok", "professional", None), ("Annie", "neighbour", 2), ("Wil", "carer", 1)):
        tie = make_tie(team.lead, dossier, name, kind=kind, ring=ring)
    make_load(team.lead, tie, "too_much", words="Ik kan niet meer", support="Een avond vrij")
    any_page.context.add_cookies([{"name": "sessionid", "value": logged_in(team.lead).cookies["sessionid"].value, "url": live_server.url}])
    hands = Keyboard(any_page)
    any_page.goto(f"/network/{dossier.ref}")
    hands.press(any_page.get_by_role("list", name="Iemand toevoegen").get_by_role("link", name="Dichtbij", exact=True))
    expect(any_page.get_by_label("Dichtbij", exact=True)).to_be_checked()
    hands.write(any_page.get_by_label("Naam", exact=True), "Els de Boer")
    hands.choose(any_page.get_by_label("Familie"))
    axe(any_page)
    hands.press(any_page.get_by_role("button", name="Opslaan"))
    expect(any_page.get_by_role("heading", name="Els de Boer")).to_be_visible()
    tie = Tie.objects.get(ring=2, kind="family")
    assert (tie.name, tie.strength) == ("Els de Boer", 2)
    open_folds(any_page)
    axe(any_page)
    for page in ("", "/map", "/household"):
        any_page.goto(f"/network/{dossier.ref}{page}")
        axe(any_page)
        assert fits(any_page), page
    any_page.goto(f"/network/ties/{tie.ref}/carer")
    axe(any_page)


def test_names_in_the_map_really_stand_apart_in_a_browser(any_page, live_server) -> None:
    team = make_team()
    dossier = make_resident(team).dossier
    names = ["Mw. W. Mammoet", "Jan", "Mevrouw Van Wermeskerken", "ILYAS ÖZDEMIR", "Buurvrouw Annie"]
    for number in range(24):
        make_tie(team.lead, dossier, f"{names[number % 5]} {number}", kind=["family", "friend", "professional"][number % 3], ring=[1, 2, None][number % 3])
    any_page.context.add_cookies([{"name": "sessionid", "value": logged_in(team.lead).cookies["sessionid"].value, "url": live_server.url}])
    any_page.goto(f"/network/{dossier.ref}")
    boxes = any_page.evaluate("[...document.querySelectorAll('.map-name, .map-number')].map(e => { const b = e.getBBox(); return [b.x, b.y + 2, b.x + b.width, b.y + b.height - 2] })")
    touching = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert len(boxes) > 24
    assert touching == []

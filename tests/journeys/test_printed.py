"""What comes out of the printer: the text and no buttons, black on white, rows whole, and on every sheet that it holds personal data."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from nabij.access.models import Role
from nabij.access.tests.factories import log_in
from nabij.desk.tests.factories import make_day
from nabij.letters.tests.reading import sheets
from tests.support.browser import settle
from tests.support.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
FOOT = "Bevatpersoonsgegevens:houdhetbijjeenvernietighetdaarna.GeopendinNabijdoorWijkteammedewerker,"
# The menu, buttons, filters, forms behind a fold: whatever asks for a click. A printer sees no spaces.
CLICKS = [
    "Snelvastleggen",
    "Inwonerzoeken",
    "Uitloggen",
    "Sneltoetsen",
    "Overdragen",
    "Opslaan",
    "Wijzigen",
    "Naardeinhoud",
    "Andereda",
    "Iemandtoevoegen",
    "Openditop",
    "Contactvastleggen",
    "Afspraakopschrijven",
    "Ikpakditop",
    "Nietbereikt",
    "Dubbel?",
]
PAGES = {
    "desk:my_day": ("", ["Mijndag", "RietvanDalen", "Later", "Nieuwvoorhetteam"]),
    "desk:resident": (
        "dossier",
        [
            "RietvanDalen",
            "geboren4-7-1951",
            "Watergebeurde",
            "Koffiegedronken.",
            "Beldehuisarts",
            "Netwerk",
            "1.Els(familie)",
        ],
    ),
    "casework:plan": (
        "case",
        ["Uwvraag", "Ikwilweernaarbuiten.", "Elkeweeknaardekoffieochtend", "Samenlopen·buurvrouw", "Ditisuwplan."],
    ),
    "network:map": ("dossier", ["Netwerk", "Els:hetisteveel", "Hoedichterbijhetmidden"]),
    "network:ties": ("dossier", ["Heeldichtbij", "Hoehetmetdemantelzorgergaat", "Eenavondvrij", "KleinzoonDaan"]),
    "conferences:conference": ("conference", ["Wiepaktdepostop?", "Legtdehuuruit", "J.Smit", "Deinwonervraagterom"]),
    "desk:team_board": ("team", ["Teambord", "TeamGors", "Collega's", "Nooitgesproken"]),
}
# Of each text on the sheet its colour, and of each box its ground.
INKS = """() => { const told = new Set(), walk = document.createTreeWalker(document.querySelector(".page"), NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const holder = text.parentElement;
    if (text.data.trim() && holder.checkVisibility() && holder.matches(":not(style, script, .map-hub-name, .map-heavy-mark)")) told.add(getComputedStyle(holder)[holder instanceof SVGElement ? "fill" : "color"]);
  }
  return [...told].sort(); }"""
GROUNDS = """() => [...new Set([...document.querySelectorAll("body, .page *")].filter(box => box.checkVisibility()).map(box => getComputedStyle(box).backgroundColor))].sort()"""
TITLES = (
    """() => [...new Set([...document.querySelectorAll(".list > .row .row-title")].map(title => title.textContent))]"""
)


@pytest.fixture
def world() -> World:
    world = make_world()
    make_day(world.members[Role.WORKER], 15)
    return world


def show(page: Page, world: World, live_server, name: str) -> None:
    """Open a page as the worker, wide, as one who prints it does."""
    session = log_in(Client(), world.members[Role.WORKER].worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    row = PAGES[name][0]
    page.goto(reverse(name, args=[world.refs[row]] if row else []))
    settle(page)


@pytest.mark.parametrize("name", PAGES)
def test_the_text_is_on_paper_and_nothing_to_click(page, live_server, world, name):
    show(page, world, live_server, name)
    printed = sheets(page.pdf(prefer_css_page_size=True))
    together = "".join(printed)
    assert [words for words in PAGES[name][1] if words not in together] == []
    assert [words for words in CLICKS if words in together] == []
    assert [number for number, sheet in enumerate(printed, 1) if FOOT not in sheet] == []
    assert [sheet.count(f"{number}/{len(printed)}") > 0 for number, sheet in enumerate(printed, 1)] == [True] * len(
        printed
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_black_on_white_also_of_a_dark_screen(page, live_server, world, name, scheme):
    page.emulate_media(color_scheme=scheme)
    show(page, world, live_server, name)
    page.emulate_media(media="print", color_scheme=scheme)
    assert set(page.evaluate(INKS)) <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
    assert set(page.evaluate(GROUNDS)) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_no_row_is_cut_by_the_end_of_a_sheet(page, live_server, world):
    """Each row has a title and one line that says since when: on every sheet there are as many of the one as of the other."""
    show(page, world, live_server, "desk:my_day")
    titles = [re.sub(r"\s", "", title) for title in page.evaluate(TITLES)]
    printed = sheets(page.pdf(prefer_css_page_size=True))
    begun = [sum(sheet.count(title) for title in titles) for sheet in printed]
    ended = [len(re.findall("Sinds|Kwambinnen", sheet)) for sheet in printed]
    assert len(printed) >= 2
    assert sum(begun) > 15
    assert begun == ended

"""What a region agreed on, in a real browser: filled in and refused, with a pointer and with the keyboard alone, at both widths."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from nabij.access.models import Region
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer, dutch

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = {"days": 21, "source": "Regioberaad punt 4", "agreed_on": "2026-01-05"}
WORDS = [{"staff": f"trede {number}", "resident": f"gewoon {number}"} for number in range(1, 6)]
# A field that sticks out of its row, lies upon another, or is too narrow to read.
WRONG = """() => [...document.querySelectorAll(".terms")].flatMap(row => {
  const all = row.getBoundingClientRect(), boxes = [...row.querySelectorAll("input")].map(one => one.getBoundingClientRect());
  return boxes.filter((box, n) => box.left < all.left || box.right > all.right + 1 || box.width < 60
    || boxes.some((other, m) => m !== n && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom));
}).length"""


@pytest.fixture
def region(office):
    kept = {"words": WORDS, "source": "Regioberaad", "agreed_on": "2026-01-05"}
    region = Region.objects.create(name="Regio Waterland", terms={"debt_talk": KEPT}, ladder=kept)
    office[0].municipality.region = region
    office[0].municipality.save()
    return region


@pytest.fixture
def terms(any_page, client, live_server, region):
    """The page, filled in, as the administrator sees it."""
    any_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    any_page.goto(reverse("administration:change_terms"))
    return any_page


def whole(page, axe):
    axe(page)
    assert fits(page)
    assert page.evaluate(WRONG) == 0


def test_the_list_is_whole_at_every_width_also_with_an_error_in_each_field(terms, axe):
    expect(terms.locator("[name=days_debt_talk]")).to_have_value("21")
    expect(terms.locator("[name=resident_5]")).to_have_value("gewoon 5")
    whole(terms, axe)
    for days in terms.locator("[name^=days_]").all():
        days.fill("999")
    Pointer(terms).press(terms.get_by_role("button", name=dutch("Save"), exact=True))
    rows = terms.locator("[name^=days_]").count()
    assert rows > 5
    expect(terms.locator("#errors li")).to_have_count(rows)
    whole(terms, axe)
    terms.set_viewport_size({"width": 320, "height": 640})
    whole(terms, axe)


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
def test_what_the_law_refuses_is_said_of_which_term_and_what_it_allows_is_kept(terms, axe, region, hands):
    hand, save = hands(terms), terms.get_by_role("button", name=dutch("Save"), exact=True)
    days = terms.locator("[name=days_wmo_inquiry]")
    hand.write(days, "43")
    hand.press(save)
    expect(terms.locator("#errors")).to_be_focused()
    link = terms.locator("#errors").get_by_role(
        "link", name=f"{dutch('The Wmo inquiry with its written result')}: {dutch('Days')}"
    )
    axe(terms)
    hand.press(link)
    expect(days).to_be_focused()
    hand.write(days, "28")
    hand.write(terms.locator("[name=source_wmo_inquiry]"), "Regioberaad punt 5")
    hand.write(terms.locator("[name=on_wmo_inquiry]"), f"{timezone.localdate()}")
    hand.press(save)
    expect(terms.get_by_text(dutch("Saved."))).to_be_visible()
    axe(terms)
    region.refresh_from_db()
    assert region.terms == {
        "debt_talk": KEPT,
        "wmo_inquiry": {"days": 28, "source": "Regioberaad punt 5", "agreed_on": f"{timezone.localdate()}"},
    }
    assert [words["resident"] for words in region.ladder["words"]] == [f"gewoon {number}" for number in range(1, 6)]

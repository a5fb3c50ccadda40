"""A moment is scored by keyboard alone, at both sizes, with everything open."""

import pytest
from playwright.sync_api import expect

from nabij.access.tests.factories import make_team
from nabij.life_domains.actions import Given
from nabij.life_domains.models import Score
from nabij.residents.tests.factories import make_resident
from nabij.residents.tests.test_pages import logged_in
from tests.support.browser import fits, open_folds
from tests.support.hands import Keyboard

from .factories import make_moment

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_domain_is_scored_by_keyboard_and_the_pictures_are_accessible(any_page, axe, live_server) -> None:
    team = make_team()
    dossier = make_resident(team, call_name="Riet").dossier
    for days, step in ((200, 1), (90, 2)):
        make_moment(team.lead, dossier, Given("money", step, step + 1), Given("mind", 3, 1, "Somber", "Ik lig veel"), days_ago=days)
    any_page.context.add_cookies([{"name": "sessionid", "value": logged_in(team.lead).cookies["sessionid"].value, "url": live_server.url}])
    hands = Keyboard(any_page)
    any_page.goto(f"/life-domains/{dossier.ref}")
    hands.press(any_page.locator("summary", has_text="Geld"))
    hands.pick(any_page.locator("#id_resident_money"), "4. Lukt meestal")
    hands.pick(any_page.locator("#id_worker_money"), "3. Wisselend")
    hands.press(any_page.get_by_role("button", name="Opslaan"))
    expect(any_page.get_by_text("Dit moment staat erin.")).to_be_visible()
    assert list(Score.objects.order_by("-pk").values_list("domain", "worker_step", "resident_step")[:1]) == [("money", 3, 4)]
    for page in ("", "/picture"):
        any_page.goto(f"/life-domains/{dossier.ref}{page}")
        open_folds(any_page)
        axe(any_page)
        assert fits(any_page), page

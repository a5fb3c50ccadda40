"""The pages of desk in a real browser: panels open, both widths, with and without script, by keyboard."""

import pytest
from django.test import Client
from django.urls import reverse

from nabij.access.models import Role
from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.tests.factories import log_in
from tests.support.browser import fits, open_folds

from .factories import make_case, make_contact, make_day, make_pause, make_person, make_signal

pytestmark = pytest.mark.django_db(transaction=True)


def enter(page, member, live_server) -> None:
    session = log_in(Client(), member.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


@pytest.fixture
def full_day():
    team = make_team()
    me = make_member(team, name="Noor")
    cases = make_day(me, 5)
    make_signal(team)
    make_pause(me, cases[4])
    return me, cases


def test_my_day_is_whole_with_every_panel_open(any_page, axe, live_server, full_day) -> None:
    enter(any_page, full_day[0], live_server)
    any_page.goto("/")
    open_folds(any_page)
    assert any_page.get_by_text("Open dit op een eigen pagina").count() == 0  # every panel fetched its form
    assert fits(any_page)
    axe(any_page)
    any_page.keyboard.press("?")
    assert "Snel vastleggen" in any_page.locator("dialog[open]").inner_text()
    axe(any_page)


def test_the_residents_page_is_whole_with_every_panel_open(any_page, axe, live_server, full_day) -> None:
    me, cases = full_day
    make_contact(me, cases[0].dossier.resident, audience="private")
    enter(any_page, me, live_server)
    any_page.goto(reverse("desk:resident", args=[cases[0].dossier.ref]))
    open_folds(any_page)
    assert fits(any_page)
    axe(any_page)


def test_the_small_pages_are_whole(any_page, axe, live_server, full_day) -> None:
    me, cases = full_day
    enter(any_page, me, live_server)
    dossier = cases[0].dossier
    verbs = [reverse(f"commitments:{verb}", args=[cases[1].ref]) for verb in ("take", "hand_over", "set_date", "pause")]
    pages = [reverse("desk:search"), reverse("desk:who_looked", args=[dossier.ref]), reverse("desk:done", args=[cases[1].ref]), *verbs]
    for address in [*pages, reverse("commitments:resume", args=[cases[4].ref]), reverse("commitments:add_task")]:
        any_page.goto(address)
        assert fits(any_page), address
        axe(any_page)
    any_page.goto(reverse("desk:search"))
    any_page.get_by_label("Naam, geboortedatum").fill("kroon")
    any_page.keyboard.press("Enter")
    any_page.get_by_role("heading", name="1 inwoner gevonden").wait_for()
    axe(any_page)


def test_the_privacy_page_is_whole(any_page, axe, live_server) -> None:
    officer = make_member(make_team(), Role.PRIVACY_OFFICER, "Paul")
    enter(any_page, officer, live_server)
    any_page.goto("/privacy")
    assert fits(any_page)
    axe(any_page)


def test_a_date_moves_without_leaving_the_row_by_keyboard_alone(page, live_server) -> None:
    team = make_team()
    me = make_member(team, name="Noor")
    case = make_case(me, make_person(me, 1), days=-2)
    enter(page, me, live_server)
    page.goto("/")
    summary = page.locator(f"#row-{case.ref} summary", has_text="Gedaan")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Wat er is gezegd of gedaan").fill("Koffie gedronken.")
    page.get_by_role("button", name="Opslaan").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Vastgelegd. De volgende datum is").wait_for()
    case.refresh_from_db()
    assert case.contacts.get().texts.get().text == "Koffie gedronken."


def test_without_script_each_panel_leads_to_its_page(new_page, live_server) -> None:
    team = make_team()
    me = make_member(team, name="Noor")
    case = make_case(me, make_person(me, 1), days=-2)
    page = new_page("desktop", java_script_enabled=False)
    enter(page, me, live_server)
    page.goto("/")
    page.locator(f"#row-{case.ref} summary", has_text="Even niets doen").click()
    page.locator(f"#row-{case.ref}").get_by_role("link", name="Open dit op een eigen pagina").locator("visible=true").click()
    page.get_by_label("Waarom is niets doen nu beter?").fill("Wil rust.")
    page.get_by_label("Afgesproken met").fill("Meneer zelf")
    page.get_by_label("We kijken weer op").fill("2099-01-05")
    page.get_by_label("Wij komen eerder als").fill("De buren bellen")
    page.get_by_role("button", name="Even niets doen").click()
    page.get_by_text("Op maandag 5 januari staat dit weer op de lijst.").wait_for()
    assert case.pauses.get().reason == "Wil rust."

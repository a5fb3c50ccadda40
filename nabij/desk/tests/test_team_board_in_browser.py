"""The team board in a real browser: the zero becomes a number and a zero again; a night without a sweep shows."""

import os
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.commitments.actions import stand_in
from nabij.commitments.models import Commitment
from nabij.residents.models import SafetyNote
from nabij.upkeep.models import SweepRun
from nabij.upkeep.sweep import sweep

from .factories import ago, make_case, make_contact, make_person, make_signal
from .test_in_browser import enter, fits

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("NABIJ_PICTURES")


def picture(page, name) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def busy(team):
    """A team with something in every section."""
    noor, pim = make_member(team, name="Noor"), make_member(team, name="Pim")
    late = make_signal(team)
    Commitment.objects.filter(pk=late.pk).update(due_at=ago(5))
    make_signal(team, who="Meneer boven de bakker")
    make_case(noor, make_person(noor, 0, days_known=40), days=3)
    quiet = make_person(noor, 2, days_known=90)
    make_case(noor, quiet, opened=80, days=6)
    make_contact(noor, quiet, days=60)
    for days in (3, 2, 1):
        make_contact(noor, quiet, days=days, reached=False)
    long_late = make_case(pim, make_person(pim, 4), days=-25, opened=40)
    make_contact(pim, long_late.dossier.resident, days=2)
    facts = {"fact": "x", "what_to_do": "Bel eerst, dan doet hij de hond weg", "made_at": ago(90), "review_on": ago(1).date()}
    SafetyNote.objects.create(dossier=quiet.dossier, author=noor, **facts)
    today = timezone.localdate()
    stand_in(actor=actor_for(team.lead), at=timezone.now(), membership=pim, substitute=noor, from_on=today, until_on=today + timedelta(days=9))
    Membership.objects.filter(pk=noor.pk).update(until_on=today + timedelta(days=20))
    sweep(at=timezone.now())
    return late.commitment


def test_the_full_board_is_whole_at_both_widths(any_page, axe, live_server, team, busy) -> None:
    enter(any_page, team.lead, live_server)
    address = reverse("desk:team_board", args=[team.ref])
    for name, asked in (("board", ""), ("board-never", "?show=never"), ("board-unanswered", "?show=unanswered")):
        any_page.goto(address + asked)
        picture(any_page, name)
        assert fits(any_page), asked
        axe(any_page)


def test_the_sweep_page_and_the_choice_of_mail_are_whole(any_page, axe, live_server, team, busy) -> None:
    enter(any_page, team.lead, live_server)
    for name in ("desk:sweep", "digests:preferences"):
        any_page.goto(reverse(name))
        picture(any_page, name.replace(":", "-"))
        assert fits(any_page), name
        axe(any_page)


def test_a_quiet_board_shows_a_big_zero(any_page, axe, live_server, team) -> None:
    sweep(at=timezone.now())
    enter(any_page, team.lead, live_server)
    any_page.goto(reverse("desk:own_team"))
    picture(any_page, "zero")
    assert any_page.locator(".zero-number").inner_text() == "0"
    assert fits(any_page)
    axe(any_page)


def test_the_lead_sees_the_zero_become_a_number_and_solves_it_by_keyboard(page, live_server, team) -> None:
    sweep(at=timezone.now())
    enter(page, team.lead, live_server)
    page.goto("/team")
    assert page.locator(".zero-number").inner_text() == "0"
    signal = make_signal(team)
    Commitment.objects.filter(pk=signal.pk).update(due_at=ago(3))
    page.reload()
    assert page.locator(".zero-number").inner_text() == "1"
    page.get_by_role("link", name="niet op tijd beantwoord").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Niet op tijd beantwoord", level=1).wait_for()
    assert page.get_by_role("link", name="Openen: Mevrouw op nummer 12").is_visible()
    page.goto(reverse("commitments:set_date", args=[signal.commitment.ref]))
    page.get_by_role("textbox").or_(page.locator("main input[type=date]")).first.fill("2099-01-05")
    page.locator("main form button[type=submit], main form button.primary").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.goto("/team")
    assert page.locator(".zero-number").inner_text() == "0"


def test_a_night_without_a_sweep_shows(page, axe, live_server, team) -> None:
    sweep(at=timezone.now())
    SweepRun.objects.update(began_at=ago(2), ended_at=ago(2))
    enter(page, team.lead, live_server)
    page.goto("/team")
    page.get_by_text("De nachtelijke controle heeft niet gedraaid").wait_for()
    picture(page, "missed")
    axe(page)

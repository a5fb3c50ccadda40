"""The team board in a real browser: the zero becomes a number and a zero again; a night without a sweep shows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from nabij.access.models import Membership
from nabij.access.tests.factories import actor_for, make_member
from nabij.commitments.actions import stand_in
from nabij.commitments.models import Commitment
from nabij.residents.models import SafetyNote
from nabij.upkeep.models import SweepRun
from nabij.upkeep.sweep import sweep
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer

from .factories import ago, make_case, make_contact, make_person, make_signal
from .test_in_browser import enter

pytestmark = pytest.mark.django_db(transaction=True)


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
    for asked in ("", "?show=never", "?show=unanswered"):
        any_page.goto(address + asked)
        assert fits(any_page), asked
        axe(any_page)


def test_the_sweep_page_and_the_choice_of_mail_are_whole(any_page, axe, live_server, team, busy) -> None:
    enter(any_page, team.lead, live_server)
    for name in ("desk:sweep", "digests:preferences"):
        any_page.goto(reverse(name))
        assert fits(any_page), name
        axe(any_page)


def test_a_quiet_board_shows_a_big_zero(any_page, axe, live_server, team) -> None:
    sweep(at=timezone.now())
    enter(any_page, team.lead, live_server)
    any_page.goto(reverse("desk:own_team"))
    assert any_page.locator(".zero-number").inner_text() == "0"
    assert fits(any_page)
    axe(any_page)


@pytest.mark.parametrize(("size", "hands"), [("desktop", Pointer), ("phone", Pointer), ("desktop", Keyboard)])
def test_the_lead_sees_the_zero_become_a_number_and_brings_it_back(new_page, axe, live_server, team, size, hands) -> None:
    sweep(at=timezone.now())
    page = new_page(size)
    hand = hands(page)
    enter(page, team.lead, live_server)
    page.goto("/team")
    expect(page.locator(".zero-number")).to_have_text("0")
    signal = make_signal(team)
    Commitment.objects.filter(pk=signal.pk).update(due_at=ago(3))
    page.reload()
    expect(page.locator(".zero-number")).to_have_text("1")
    axe(page)
    hand.press(page.get_by_role("link", name="niet op tijd beantwoord"))
    expect(page.get_by_role("heading", name="Niet op tijd beantwoord", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Openen: Mevrouw op nummer 12")).to_be_visible()
    axe(page)
    page.goto(reverse("commitments:set_date", args=[signal.commitment.ref]))
    axe(page)
    hand.write(page.locator("main input[type=date]").first, "2099-01-05")
    hand.press(page.locator("main form button[type=submit]").last)
    page.goto("/team")
    expect(page.locator(".zero-number")).to_have_text("0")
    axe(page)
    assert fits(page)


def test_a_night_without_a_sweep_shows(page, axe, live_server, team) -> None:
    sweep(at=timezone.now())
    SweepRun.objects.update(began_at=ago(2), ended_at=ago(2))
    enter(page, team.lead, live_server)
    page.goto("/team")
    page.get_by_text("De nachtelijke controle heeft niet gedraaid").wait_for()
    axe(page)

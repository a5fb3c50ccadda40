from decimal import Decimal

import pytest
from django.test import Client

from nabij.access.tests.factories import make_member, make_team
from nabij.casework.models import Breakthrough, PlanCopy
from nabij.commitments.tests.factories import log_in
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits

from .factories import make_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member():
    return make_member(make_team(), name="Samira")


@pytest.fixture
def peer(member):
    return make_member(member.team, name="Bo")


@pytest.fixture
def case(member):
    return make_case(member, make_resident(member.team, "Bakker", call_name="Rie").dossier, question="Hoe kom ik weer buiten?")


@pytest.fixture
def as_(any_page, live_server):
    """Return a page on which this member is logged in."""

    def enter(member):
        cookie = log_in(Client(), member.worker).cookies["sessionid"].value
        any_page.context.clear_cookies()
        any_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return any_page

    return enter


def choose(page, label):
    """Reach a field by the keyboard and choose it with the space bar."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Space")


def test_a_measure_is_asked_and_gets_its_word_by_keyboard_alone(as_, axe, member, peer, case):
    page = as_(member)
    page.goto(f"/cases/{case.ref}/breakthrough")
    axe(page)
    assert fits(page)
    for label, words in (("Wat doen we?", "Wasmachine"), ("Waarom past het gewone aanbod hier niet?", "Bijstand duurt acht weken"), ("Wie doet het?", "Wij")):
        page.get_by_label(label).focus()
        page.keyboard.type(words)
    page.locator("[name=amount]").focus()
    page.keyboard.type("450,00")
    page.locator("[name=peer]").focus()
    page.keyboard.type("Bo")
    choose(page, "Hulp met besluit")
    page.keyboard.press("Enter")
    page.get_by_text("Je collega is om een woord gevraagd.").wait_for()
    axe(page)
    measure = Breakthrough.objects.get()
    assert (measure.state, measure.amount, measure.commitment.owner) == ("asked", Decimal(450), peer)
    page = as_(peer)
    page.goto(f"/breakthroughs/{measure.ref}/word")
    axe(page)
    assert fits(page)
    choose(page, "Ja, doen")
    page.keyboard.press("Enter")
    page.get_by_text("Je woord is genoteerd.").wait_for()
    assert Breakthrough.objects.get().state == "agreed"


def test_the_letter_is_read_downloaded_and_kept(as_, axe, member, case):
    page = as_(member)
    page.goto(f"/cases/{case.ref}")
    page.get_by_role("link", name="Het plan op papier").click()
    page.get_by_role("heading", name="Uw plan").wait_for()
    page.get_by_text("Bewaren wat de inwoner kreeg").click()
    axe(page)
    assert fits(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Downloaden").focus()
        page.keyboard.press("Enter")
    assert waited.value.suggested_filename.startswith("plan-")
    page.get_by_role("button", name="Dit afschrift bewaren").click()
    page.get_by_text("Het afschrift is bewaard in het dossier.").wait_for()
    assert PlanCopy.objects.get().kind == "plan"


def test_the_page_of_pictures_and_the_amount_have_no_fault(as_, axe, member, case):
    page = as_(member)
    page.goto(f"/cases/{case.ref}/pictures")
    page.get_by_role("img", name="Een telefoon").wait_for()
    axe(page)
    assert fits(page)
    page = as_(make_member(member.team, "administrator", name="Ada"))
    page.goto("/manage/breakthrough-limit")
    axe(page)
    assert fits(page)

import pytest
from django.test import Client

from nabij.access.tests.factories import make_member
from nabij.commitments.tests.factories import log_in
from nabij.meldcode.models import MeldStep
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer

from .factories import make_meldcode, sign

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dossier(noor):
    return make_resident(noor.team, "Bakker", call_name="Rie").dossier


def enter(page, member, live_server):
    page.context.clear_cookies()
    cookie = log_in(Client(), member.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def write_step(page, hand, label, words, whom=""):
    summary = page.locator("main details.act > summary", has_text=label)
    hand.press(summary)
    form = summary.locator("xpath=..").locator(".act-panel form")
    form.wait_for()
    if whom:
        hand.write(form.get_by_label("Met wie?"), whom)
    hand.write(form.locator("textarea"), words)
    hand.press(form.get_by_role("button", name="Ondertekenen"))
    page.locator(".timeline").get_by_text(words).wait_for()


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
def test_steps_are_signed_in_an_odd_order_and_a_colleague_sees_nothing(any_page, axe, live_server, noor, dossier, hands):
    page, hand = any_page, hands(any_page)
    enter(page, noor, live_server)
    page.goto(f"/meldcode/of/{dossier.ref}")
    axe(page)
    hand.press(page.get_by_role("button", name="Beginnen"))
    write_step(page, hand, "Weeg het af", "Het is niet acuut, wel vaker.")
    write_step(page, hand, "Breng de signalen in kaart", "Blauwe plek op de arm.")
    write_step(page, hand, "Vraag een collega of Veilig Thuis", "Advies: praat eerst met Rie alleen.", "Veilig Thuis")
    axe(page)
    assert fits(page)
    assert [step.part for step in MeldStep.objects.order_by("pk")] == ["weigh", "signs", "consult"]
    enter(page, make_member(noor.team, name="Bo"), live_server)
    page.goto(f"/meldcode/of/{dossier.ref}")
    page.get_by_role("button", name="Beginnen").wait_for()
    assert "Blauwe plek" not in page.content()
    page.goto("/")
    assert "Volgende stap" not in page.content()


def test_every_panel_opens_without_a_fault_and_what_was_let_in_can_be_ended(any_page, axe, live_server, noor, dossier):
    meldcode = make_meldcode(noor, dossier)
    sign(noor, meldcode)
    enter(any_page, noor, live_server)
    any_page.goto(f"/meldcode/of/{dossier.ref}")
    panels = any_page.locator("main details.act")
    for number in range(panels.count()):
        panels.nth(number).locator("summary").first.click()
        panels.nth(number).locator(".act-panel form").first.wait_for()
        assert fits(any_page)
    axe(any_page)
    any_page.locator("summary", has_text="Laat een collega meelezen").click()
    form = any_page.locator(".act-panel form", has_text="Welke collega?")
    form.get_by_label("Welke collega?").select_option(label="Leonie")
    form.get_by_role("button", name="Laat meelezen").click()
    any_page.get_by_role("button", name="Stop meelezen van Leonie").click()
    any_page.get_by_role("button", name="Stop meelezen van Leonie").wait_for(state="detached")
    any_page.get_by_role("link", name="Verbeter deze stap").click()
    any_page.get_by_role("heading", name="Verbetering").wait_for()
    axe(any_page)

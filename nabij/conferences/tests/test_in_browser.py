from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nabij.commitments.models import Task
from nabij.commitments.tests.factories import log_in
from nabij.conferences.models import Conference
from tests.support.browser import fits
from tests.support.hands import Pointer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def logged_in(any_page, member, live_server):
    cookie = log_in(Client(), member.worker).cookies["sessionid"].value
    any_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return any_page


def plan(page, case):
    page.goto(f"/conferences/of/{case.ref}")
    page.get_by_role("link", name="Een casusoverleg plannen").click()
    page.get_by_label("Welke vraag ligt op tafel?").focus()
    page.keyboard.type("Wie pakt de schulden op?")
    page.get_by_label("Wanneer?").fill(timezone.localtime(timezone.now() + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("De inwoner is erbij").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Wie is daar nodig?").wait_for()
    return Conference.objects.get()


def test_a_conference_comes_to_agreements_by_keyboard(logged_in, axe, case, dossier):
    page, row = logged_in, plan(logged_in, case)
    axe(page)
    page.goto(f"/conferences/{row.ref}/agreements")
    axe(page)
    page.get_by_label("Wat is afgesproken?").focus()
    page.keyboard.type("Belt de bank")
    page.locator("[name=owner]").focus()
    page.keyboard.type("Noor")
    page.locator("[name=due_on]").fill(f"{timezone.localdate() + timedelta(days=3)}")
    page.get_by_role("button", name="Afspraak opschrijven").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Afgesproken, met een naam en een datum.").wait_for()
    Pointer(page).press(page.get_by_role("link", name="Het is gehouden"))
    axe(page)
    page.get_by_role("button", name="Het is gehouden").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Het casusoverleg is gehouden.").wait_for()
    axe(page)
    assert fits(page)
    assert (Task.objects.get().note, Task.objects.get().commitment.dossier) == ("Belt de bank", dossier)


def test_every_panel_of_a_conference_opens_in_place_without_a_fault(logged_in, axe, conference):
    page = logged_in
    page.goto(f"/conferences/{conference.ref}")
    panels = page.locator("main details.act")
    assert panels.count() == 4
    for number in range(panels.count()):
        panels.nth(number).locator("summary").click()
        panels.nth(number).locator(".act-panel form").first.wait_for()
        axe(page)
        assert fits(page)

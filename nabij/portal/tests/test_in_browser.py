"""From the talk to "this is wrong": the worker opens, the resident reads, the worker sees the task. With a pointer and with the keyboard."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from nabij.access.tests.factories import actor_for, log_in, make_member, make_team
from nabij.casework.actions import add_activity, add_goal
from nabij.casework.tests.factories import make_case
from nabij.commitments.models import Task
from nabij.portal.models import OwnPage
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer, dutch

pytestmark = [pytest.mark.django_db(transaction=True)]
WRONG = "Ik heb geen hond meer."


@pytest.fixture
def member():
    return make_member(make_team(), name="Samira")


@pytest.fixture
def dossier(member):
    dossier = make_resident(member.team, "Bakker", call_name="Rie").dossier
    case = make_case(member, dossier, question="Hoe kom ik weer buiten?")
    goal = add_goal(case=case, text="Elke week naar het koor", actor=actor_for(member), at=timezone.now())
    add_activity(case=case, text="Samen wandelen", rung=2, carrier="Els", goal=goal, actor=actor_for(member), at=timezone.now())
    return dossier


def works_as(page, member, live_server):
    cookie = log_in(Client(), member.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def looked_at(page, axe, name):
    """Let axe look, and see that nothing sticks out."""
    axe(page)
    assert fits(page)


def button(page, words):
    return page.get_by_role("button", name=dutch(words), exact=True)


def opens(page, hand, axe, dossier):
    """The worker writes down the talk, opens the plan and tells the code."""
    page.goto(reverse("portal:manage", args=[dossier.ref]))
    looked_at(page, axe, "talk")
    hand.write(page.locator("[name=phone_readers]"), "niemand")
    hand.write(page.locator("[name=mail_readers]"), "de dochter")
    hand.choose(page.locator("[name=safe][value=yes]"))
    hand.choose(page.locator("[name=parts][value=plan]"))
    hand.press(button(page, "Write down and open"))
    expect(page.get_by_text(dutch("There is no code yet."))).to_be_visible()
    looked_at(page, axe, "manage")
    hand.press(button(page, "Make a code"))
    looked_at(page, axe, "code")
    return page.locator(".spoken strong").inner_text()


def reads(page, hand, axe, code):
    """The resident types the code, reads the plan and its pictures, and says what is wrong."""
    page.goto(reverse("portal:enter"))
    looked_at(page, axe, "enter")
    hand.write(page.locator("[name=code]"), "ABCD-ABCD-ABCD-ABCD")
    hand.press(button(page, "Show my plan"))
    looked_at(page, axe, "enter-wrong")
    hand.write(page.locator("[name=code]"), code.lower())
    hand.press(button(page, "Show my plan"))
    expect(page.get_by_text("Elke week naar het koor")).to_be_visible()
    looked_at(page, axe, "plan")
    assert code not in page.url
    hand.press(page.get_by_role("link", name=dutch("Look at it in pictures")))
    looked_at(page, axe, "pictures")
    page.goto(reverse("portal:plan"))
    hand.press(page.get_by_role("link", name=dutch("This is wrong")))
    looked_at(page, axe, "wrong")
    hand.write(page.locator("[name=words]"), WRONG)
    hand.press(button(page, "Send"))
    expect(page.get_by_role("heading", name=dutch("Thank you. We have received it."))).to_be_visible()
    looked_at(page, axe, "received")


@pytest.mark.browser
@pytest.mark.parametrize(("size", "hands"), [("desktop", Keyboard), ("phone", Keyboard), ("phone", Pointer)])
def test_the_plan_is_opened_read_and_corrected(new_page, axe, member, dossier, live_server, size, hands):
    work, home = new_page(size), new_page(size)
    works_as(work, member, live_server)
    code = opens(work, hands(work), axe, dossier)
    reads(home, hands(home), axe, code)
    work.goto(reverse("desk:resident", args=[dossier.ref]))
    expect(work.get_by_text(dutch("The resident says: this is not right")).first).to_be_visible()
    assert Task.objects.get(note=WRONG).commitment.owner == member


@pytest.mark.browser
@pytest.mark.parametrize("hands", [Pointer, Keyboard])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_at_a_visit_more_is_read_on_the_workers_device(new_page, axe, member, dossier, live_server, size, hands):
    page = new_page(size)
    works_as(page, member, live_server)
    hand = hands(page)
    opens(page, hand, axe, dossier)
    page.goto(reverse("portal:manage", args=[dossier.ref]))
    for part in ("contacts", "looks", "download"):
        hand.choose(page.locator(f"[name=parts][value={part}]").first)
    hand.press(button(page, "Change what is open"))
    assert OwnPage.objects.get().open_parts == ["plan", "contacts", "looks", "download"]
    hand.press(button(page, "Start reading along"))
    looked_at(page, axe, "visit")
    hand.press(page.get_by_role("link", name=dutch("Who looked"), exact=True))
    looked_at(page, axe, "looks")
    hand.press(page.get_by_role("link", name=dutch("Our contacts"), exact=True))
    looked_at(page, axe, "contacts")
    hand.press(button(page, "Stop reading"))
    expect(button(page, "Show my plan")).to_be_visible()
    looked_at(page, axe, "closed")
    page.goto(reverse("desk:my_day"))
    expect(page.locator("[name=login]")).to_be_visible()

import pytest
from django.test import Client
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.casework.actions import add_activity, add_goal
from nabij.casework.tests.factories import make_case
from nabij.commitments.tests.factories import log_in
from nabij.outcomes.models import Experience
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer

from .factories import make_asked, secret_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member():
    return make_member(make_team(), name="Samira")


@pytest.fixture
def case(member):
    case = make_case(member, make_resident(member.team, "Bakker", call_name="Rie").dossier)
    goal = add_goal(actor=actor_for(member), at=timezone.now(), case=case, text="Elke week naar het koor")
    add_activity(actor=actor_for(member), at=timezone.now(), case=case, goal=goal, text="Samen fietsen", rung=2, carrier="Els")
    return case


@pytest.fixture
def secret(member, case):
    return secret_of(make_asked(member, case, case.commitment.dossier))


def enter(page, member, live_server):
    cookie = log_in(Client(), member.worker).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
def test_a_resident_answers_the_four_questions_by_a_link(any_page, axe, secret, hands):
    page, hand = any_page, hands(any_page)
    page.goto(f"/outcomes/link/{secret}")
    axe(page)
    assert fits(page)
    hand.choose(page.get_by_role("group", name="Luisterden wij goed naar u?").get_by_label("Heel erg"))
    hand.choose(page.get_by_role("group", name="Gaat het nu beter met u dan eerst?").get_by_label("Gaat wel"))
    hand.write(page.locator("textarea"), "Fijn dat u steeds terugkwam.")
    hand.press(page.get_by_role("button", name="Versturen"))
    page.get_by_role("heading", name="Dank u wel").wait_for()
    axe(page)
    said = Experience.objects.get()
    assert (said.heard, said.knew, said.better, said.words) == (5, None, 3, "Fijn dat u steeds terugkwam.")
    page.goto(f"/outcomes/link/{secret}")
    page.get_by_role("heading", name="Deze link werkt niet").wait_for()
    axe(page)


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
def test_what_came_on_paper_is_typed_in_and_says_so(any_page, axe, live_server, member, case, hands):
    page, hand = any_page, hands(any_page)
    enter(page, member, live_server)
    page.goto(f"/outcomes/case/{case.ref}")
    axe(page)
    hand.press(page.get_by_role("link", name="Op papier ingevuld"))
    axe(page)
    assert fits(page)
    hand.choose(page.get_by_role("group", name="Wist u wie u kon bellen?").get_by_label("Niet echt"))
    hand.press(page.get_by_role("button", name="Opslaan"))
    page.get_by_text("overgetypt door Samira").wait_for()
    axe(page)
    assert fits(page)
    assert (Experience.objects.get().knew, Experience.objects.get().way) == (2, "paper")


@pytest.mark.parametrize("hands", [Pointer, Keyboard])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_link_is_printed_answered_at_home_and_read_by_the_worker(new_page, axe, live_server, member, case, size, hands):
    work, home = new_page(size), new_page(size)
    hand, theirs = hands(work), hands(home)
    enter(work, member, live_server)
    work.goto(f"/outcomes/case/{case.ref}")
    hand.press(work.get_by_role("link", name="Vraag hoe het ging"))
    axe(work)
    hand.choose(work.get_by_label("Met een geprinte link"))
    hand.press(work.get_by_role("button", name="Vraag"))
    address = work.locator(".secret").inner_text()
    assert "/outcomes/link/" in address
    axe(work)
    assert fits(work)
    home.goto(f"{live_server.url}/outcomes/link/{address.rpartition('/')[2]}")
    theirs.choose(home.get_by_role("group", name="Wist u wie u kon bellen?").get_by_label("Heel erg"))
    theirs.press(home.get_by_role("button", name="Versturen"))
    home.get_by_role("heading", name="Dank u wel").wait_for()
    axe(home)
    hand.press(work.get_by_role("link", name="Wat het opleverde"))
    work.get_by_text("Heel erg").first.wait_for()
    axe(work)
    assert work.get_by_text(address.rpartition("/")[2]).count() == 0
    assert fits(work)
    assert (Experience.objects.get().knew, Experience.objects.get().way) == (5, "printed")

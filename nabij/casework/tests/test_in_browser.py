import pytest
from django.test import Client
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.casework.actions import add_activity, add_goal
from nabij.casework.models import NetworkAsk
from nabij.commitments.tests.factories import log_in
from nabij.contacts.models import Contact
from nabij.contacts.tests.factories import make_contact
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits
from tests.support.hands import Pointer

from .factories import make_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member():
    return make_member(make_team(), name="Samira")


@pytest.fixture
def case(member):
    people = [make_resident(member.team, "Bakker", call_name=name).dossier for name in ("Rie", "Bram")]
    case, facts = make_case(member, *people, question="Hoe kom ik weer buiten?"), {"actor": actor_for(member), "at": timezone.now()}
    goal = add_goal(case=case, text="Elke week naar het koor", **facts)
    add_activity(case=case, text="Samen fietsen", rung=2, carrier="Els", goal=goal, actor=actor_for(member), at=timezone.now())
    make_contact(member, *people)
    return case


@pytest.fixture
def logged_in(any_page, member, live_server):
    cookie = log_in(Client(), member.worker).cookies["sessionid"].value
    any_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return any_page


def test_every_panel_of_the_plan_opens_in_place_without_a_fault(logged_in, axe, case):
    logged_in.goto(f"/cases/{case.ref}")
    axe(logged_in)
    panels = logged_in.locator("main details.act")
    for number in range(panels.count()):
        panels.nth(number).locator("summary").click()
        panels.nth(number).locator(".act-panel form, .act-panel p").first.wait_for()
        assert fits(logged_in)
    axe(logged_in)


def test_the_network_is_asked_by_one_tap_and_contact_is_recorded_from_the_plan(logged_in, axe, case):
    logged_in.goto(f"/cases/{case.ref}")
    logged_in.get_by_role("button", name="Niet veilig").click()
    logged_in.get_by_text("Genoteerd.").wait_for()
    assert NetworkAsk.objects.get().answer == "not_safe"
    Pointer(logged_in).press(logged_in.get_by_role("link", name="Contact vastleggen"))
    axe(logged_in)
    logged_in.get_by_label("Telefoon").check()
    logged_in.locator("textarea").first.fill("Rie klonk vrolijk.")
    logged_in.get_by_role("button", name="Opslaan").click()
    logged_in.get_by_text("Contact vastgelegd.").wait_for()
    assert Contact.objects.order_by("-pk").first().texts.filter(text="Rie klonk vrolijk.").count() == 1


@pytest.mark.parametrize("path", ["/cases/{case}/close", "/cases/new", "/contacts/{contact}", "/contacts/of/{dossier}", "/contacts/new", "/contacts/tried/{row}"])
def test_the_pages_of_their_own_fit_and_have_no_fault(logged_in, axe, case, path):
    contact = Contact.objects.get()
    refs = {"case": case.ref, "row": case.commitment.ref, "contact": contact.ref, "dossier": contact.texts.first().dossier.ref}
    logged_in.goto(path.format(**refs))
    axe(logged_in)
    assert fits(logged_in)

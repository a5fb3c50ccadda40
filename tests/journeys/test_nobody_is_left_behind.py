"""A worker leaves, somebody is away, and an emergency stop: as people do it, at both widths and by keyboard, with axe looking on the way."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from nabij.access.models import Role
from nabij.access.tests.factories import log_in, make_member, make_team
from nabij.casework.tests.factories import make_case
from nabij.commitments.models import Commitment
from nabij.commitments.tests.factories import make_task
from nabij.handover.models import HandoverItem
from nabij.residents.tests.factories import make_resident
from tests.support.browser import fits
from tests.support.hands import Keyboard, Pointer, dutch

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = {"desktop": ("desktop", Pointer), "phone": ("phone", Pointer), "keyboard": ("desktop", Keyboard)}


class Person:
    """One colleague at a screen."""

    def __init__(self, page, hand_type, worker, axe, address):
        self.page, self.hand, self.axe = page, hand_type(page), axe
        cookie = log_in(Client(), worker).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])

    def opens(self, path):
        self.page.goto(path)
        self.looks()

    def looks(self):
        self.axe(self.page)
        assert fits(self.page)

    def press(self, words, **names):
        self.hand.press(self.page.locator("main").get_by_role("button", name=dutch(words, **names)).first)

    def follow(self, words, **names):
        self.hand.press(self.page.locator("main").get_by_role("link", name=dutch(words, **names)).first)

    def panel(self, words):
        found = self.page.locator("main details.act").filter(has=self.page.locator("summary", has_text=dutch(words))).first
        self.hand.press(found.locator("summary"))
        expect(found.locator("form").first).to_be_visible()
        return found

    def sees(self, words, **names):
        expect(self.page.locator("main")).to_contain_text(dutch(words, **names))


@pytest.fixture(params=list(HANDS))
def comes(request, new_page, axe, live_server):
    size, hand = HANDS[request.param]
    return lambda worker: Person(new_page(size), hand, worker, axe, live_server.url)


@pytest.fixture
def team():
    return make_team(name="Team Gors")


@pytest.fixture
def case(team, noor):
    return make_case(noor, make_resident(team, "Dalen", call_name="Riet").dossier)


def test_a_worker_leaves(comes, team, noor, bo, case):
    lead = comes(team.lead.worker)
    lead.opens(f"/handover/membership/{noor.ref}/leave")
    lead.hand.write(lead.page.get_by_label(dutch("By which day is everything handed over?")), timezone.localdate().isoformat())
    lead.press("Begin")
    lead.looks()
    row = lead.panel("Who takes this over?")
    lead.hand.pick(row.get_by_label(dutch("Who"), exact=True), "Bo")
    lead.looks()
    lead.hand.press(row.get_by_role("button", name=dutch("Ask"), exact=True))
    lead.sees("asked: %(name)s", name="Bo")
    successor = comes(bo.worker)
    successor.opens("/handover/received")
    successor.press("Yes, I take this over: %(who)s", who="Riet Dalen")
    successor.sees("Yours now: speak with the resident")
    successor.looks()
    successor.follow("Record contact with %(who)s", who="Riet Dalen")
    successor.hand.choose(successor.page.locator("main").get_by_label(dutch("Visit at home")).first)
    successor.hand.press(successor.page.locator("main form").get_by_role("button", name=dutch("Save")).first)
    successor.page.wait_for_url(lambda address: "/contacts/new" not in address)
    successor.opens("/handover/received")
    successor.sees("Nothing comes to you now")
    assert HandoverItem.objects.get().commitment.outcome == "met"
    lead.opens(f"/handover/membership/{noor.ref}/worklist")
    lead.sees("Nothing. The count is zero.")
    lead.follow("Finish the handover")
    lead.looks()
    lead.press("Finish the handover")
    noor.refresh_from_db()
    case.commitment.refresh_from_db()
    assert (noor.ended_at is not None, case.commitment.owner) == (True, bo)


def test_somebody_is_away(comes, team, noor, bo, case):
    away = comes(noor.worker)
    away.opens(f"/handover/membership/{noor.ref}/absence")
    until = timezone.localdate() + timedelta(days=7)
    away.hand.write(away.page.get_by_label(dutch("Last day away")), until.isoformat())
    away.hand.pick(away.page.get_by_label(dutch("Who stands in?")), "Bo")
    away.press("Arrange this")
    away.sees("%(name)s stands in", name="Bo")
    away.looks()
    substitute = comes(bo.worker)
    substitute.opens("/")
    expect(substitute.page.locator("main")).to_contain_text("Riet Dalen")
    expect(substitute.page.locator("main")).to_contain_text("Voor Noor")
    away.follow("%(name)s is back again", name="Noor")
    away.looks()
    away.press("Back again")
    substitute.opens("/")
    expect(substitute.page.locator("main")).not_to_contain_text("Riet Dalen")
    case.commitment.refresh_from_db()
    assert case.commitment.owner == noor


def test_an_emergency_stop_and_the_leads_worklist_to_zero(comes, team, noor, bo, case):
    make_task(noor)
    lead = comes(team.lead.worker)
    lead.opens(f"/handover/membership/{noor.ref}/worklist")
    lead.follow("Stop the access at once")
    lead.looks()
    lead.hand.press(lead.page.locator("main form").get_by_role("button").first)
    lead.sees("Emergency stop of %(name)s", name="Noor")
    assert set(Commitment.objects.open().values_list("owner_id", "left_by_id")) == {(team.lead_id, noor.pk)}
    for box in lead.page.locator("input[name=rows]").all():
        lead.hand.choose(box)
    lead.hand.pick(lead.page.locator("#several_owner"), "Bo")
    lead.press("Ask for the ticked rows")
    lead.sees("asked: %(name)s", name="Bo")
    lead.looks()
    successor = comes(bo.worker)
    successor.opens("/handover/received")
    for _number in range(2):
        successor.hand.press(successor.page.locator("main").get_by_role("button", name="Ja, ik neem dit over").first)
    lead.opens(f"/handover/membership/{noor.ref}/worklist")
    lead.follow("Finish the handover")
    lead.press("Finish the handover")
    lead.sees("Nobody leaves")
    assert set(Commitment.objects.open().exclude(kind="handover").values_list("owner_id", "left_by_id")) == {(bo.pk, None)}


def test_an_administrator_who_ends_too_early_is_told_what_is_left_and_where(comes, team, noor, case):
    administrator = comes(make_member(team, Role.ADMINISTRATOR, "Anja").worker)
    administrator.opens(reverse("administration:end_membership", args=[noor.ref]))
    administrator.sees("This cannot end yet")
    administrator.follow("To the worklist of the handover")
    administrator.sees("Only the colleague and the team lead see which residents these are.")
    administrator.looks()

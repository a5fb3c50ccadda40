"""The small town in which journeys are played: one team with people who log in, one resident whom they know."""

import re
from dataclasses import dataclass

from django.utils import timezone
from playwright.sync_api import Page, expect

from nabij.access.models import Membership, NeighbourhoodPostcode, Role, Team, TeamArea, Worker
from nabij.access.tests.factories import (
    actor_for,
    make_member,
    make_municipality,
    make_neighbourhood,
    make_team,
    make_worker,
)
from nabij.residents.actions import create_resident
from nabij.residents.models import Resident
from tests.support.hands import Keyboard, Pointer, dutch

PASSWORD = "een-lang-genoeg-wachtwoord"


@dataclass
class Town:
    """What a journey needs to name."""

    team: Team
    noor: Membership
    resident: Resident


def make_town() -> Town:
    """Return a town with a team for the postcode 1442, a worker Noor with a demo log-in, and mevrouw Van Dalen."""
    municipality = make_municipality()
    team = make_team(municipality, name="Team Gors")
    place = make_neighbourhood(municipality, "Gors")
    NeighbourhoodPostcode.objects.create(neighbourhood=place, postcode="1442")
    TeamArea.objects.create(team=team, neighbourhood=place, from_on="2020-01-01")
    noor = make_member(team, Role.WORKER, worker=log_in_of("Noor de Wit"))
    resident = create_resident(
        actor=actor_for(noor), at=timezone.now(), team=team, call_name="Riet", prefix="van", surname="Dalen",
        birth_year=1951, birth_month=7, birth_day=4, phone="0299 123 456",
        address={"kind": "home", "street": "Tulpstraat", "number": "12", "postcode": "1442 AB", "place": "Waterdam"},
    )  # fmt: skip
    return Town(team, noor, resident)


def log_in_of(name: str) -> Worker:
    """Return a worker with a demo log-in: password only, on this machine only."""
    worker = make_worker(name.split()[0], is_demo=True)
    worker.name = name
    worker.set_password(PASSWORD)
    worker.save()
    return worker


def log_in(page: Page, hand: Pointer | Keyboard, membership: Membership, *, arrives: bool = True) -> None:
    """Log in by the real form; `arrives`: and come to my day."""
    page.goto("/account/login/")
    hand.write(page.locator("[name=login]"), membership.worker.email)
    hand.write(page.locator("[name=password]"), PASSWORD)
    hand.press(page.locator("main button[type=submit]"))
    if arrives:
        expect(page.get_by_role("heading", name=dutch("My day"), level=1)).to_be_visible()
    else:
        expect(page).not_to_have_url(re.compile("login"))

"""Every page of administration and of who may open a dossier, at both widths: nothing for axe to find, nothing wider than the screen."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import DutyTurn, Role, TeamArea
from nabij.access.tests.factories import (
    make_controller,
    make_dossier,
    make_member,
    make_neighbourhood,
    make_team,
    make_worker,
)
from nabij.commitments.tests.factories import log_in, make_task
from tests.support.browser import fits
from tests.support.hands import Pointer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town():
    """A team with everything a page can show."""
    team = make_team(name="Team Gors")
    welfare = make_team(team.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam Overwhere")
    TeamArea.objects.create(team=team, neighbourhood=make_neighbourhood(team.municipality), from_on=timezone.localdate())
    make_neighbourhood(team.municipality, "Wheermolen")
    DutyTurn.objects.create(team=team, on=timezone.localdate(), membership=team.lead_substitute)
    femke = make_member(team, name="Femke", until_on=timezone.localdate())
    make_task(femke)
    make_member(team, Role.VOLUNTEER, "Vera")
    welfare.lead_substitute = None
    welfare.save()
    make_worker("Nieuw")
    return team, femke


@pytest.fixture
def enter(any_page, client, live_server):
    """Open the browser as somebody who is logged in."""

    def enter_as(worker):
        log_in(client, worker)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": live_server.url}
        any_page.context.add_cookies([cookie])
        return any_page

    return enter_as


def look(page, axe, address):
    page.goto(address)
    axe(page)
    assert fits(page), f"{address} is wider than the screen"


def test_every_page_of_administration(enter, axe, town):
    team, femke = town
    administrator = make_member(team, Role.ADMINISTRATOR, "Anja")
    page = enter(administrator.worker)
    for name in ("manage", "people", "new_person", "teams", "new_team", "duty", "neighbourhoods", "import_neighbourhoods", "municipality", "front_door"):
        look(page, axe, reverse(f"administration:{name}"))
    for name in ("team", "change_team", "appoint_lead", "add_area", "end_area", "rota"):
        look(page, axe, reverse(f"administration:{name}", args=[team.ref]))
    for name in ("person", "change_person", "password_mail", "second_step", "add_membership"):
        look(page, axe, reverse(f"administration:{name}", args=[femke.worker.ref]))
    for name in ("plan_end", "end_membership"):
        look(page, axe, reverse(f"administration:{name}", args=[femke.ref]))
    look(page, axe, reverse("commitments:block_worker", args=[femke.worker.ref]))


def test_every_page_of_who_may_open_a_dossier(enter, axe, town):
    team, _femke = town
    dossier = make_dossier(team)
    page = enter(team.lead.worker)
    for name in ("restrict", "widen", "share", "end_sharing", "know_resident"):
        look(page, axe, reverse(f"access:{name}", args=[dossier.ref]))
    look(page, axe, reverse("residents:break_glass"))


def test_a_refused_list_shows_its_lines(enter, axe, town, tmp_path):
    file = tmp_path / "wijken.csv"
    file.write_text("code;naam;soort;jaar\nXX;;stad;26\n", encoding="utf-8")
    page = enter(make_member(town[0], Role.ADMINISTRATOR, "Anja").worker)
    page.goto(reverse("administration:import_neighbourhoods"))
    page.set_input_files("input[type=file]", file)
    Pointer(page).press(page.get_by_role("button", name="Overnemen"))
    assert page.get_by_text("Regel 2: Een code is WK met 6 cijfers").count() == 1
    axe(page)

"""The pages of a resident as people see them: both widths, filled, panels open, and a draft that survives logging out."""

from datetime import timedelta

import pytest

from nabij.access.tests.factories import actor_for, make_team
from nabij.residents import actions
from nabij.residents.models import Resident
from tests.support.browser import fits, open_folds

from .factories import make_resident
from .test_pages import PAGES, logged_in

pytestmark = pytest.mark.django_db(transaction=True)
HOME = {"street": "Burgemeester Kooimanweg", "number": "114-bis", "postcode": "1442 BX", "place": "Purmerend"}


def enter(page, team, live_server) -> None:
    session = logged_in(team.lead).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def full(team) -> Resident:
    """Return a child with something on every page."""
    actor = actor_for(team.lead)
    resident = make_resident(
        team,
        call_name="Jan",
        address=HOME,
        phone="0612345678",
        birth_year=actor.on.year - 9,
        language="Turks",
        interpreter=True,
    )
    day, dossier = actor.on + timedelta(30), resident.dossier

    def do(action, **fields):
        fresh = actor.again()
        return action(actor=fresh, at=fresh.at, dossier=dossier, **fields)

    do(actions.add_safety_note, fact="Hond beet de bezorger", what_to_do="Bel eerst, ga met twee", review_on=day)
    do(actions.add_authority, holder_name="Oma de Vries", guardian=True, from_on=actor.on)
    do(actions.add_representative, kind="mentor", name="Mevrouw Kok", from_on=actor.on)
    do(actions.set_away, kind="holiday", from_on=actor.on, until_on=day)
    do(actions.add_contact_way, kind="via", value="Buurvrouw", mind="na zes uur", safe=False)
    return resident


def test_every_page_is_whole_and_accessible(any_page, axe, live_server) -> None:
    team = make_team()
    ref = full(team).dossier.ref
    enter(any_page, team, live_server)
    for name in ("new", "new?unknown=yes", *(f"{ref}/{name}" for name in PAGES)):
        any_page.goto(f"/residents/{name}")
        open_folds(any_page)
        assert fits(any_page), name
        axe(any_page)


def test_a_half_written_resident_survives_logging_out(page, live_server) -> None:
    team = make_team()
    enter(page, team, live_server)
    page.goto("/residents/new")
    page.get_by_label("Roepnaam").fill("Sjaan")
    page.get_by_text("Concept bewaard").wait_for()
    page.context.clear_cookies()
    page.goto("/residents/new")
    assert "/account/login" in page.url
    enter(page, team, live_server)
    page.goto("/residents/new")
    assert page.get_by_label("Roepnaam").input_value() == "Sjaan"

import pytest

from nabij.access.models import NeighbourhoodPostcode, Role
from nabij.access.tests.factories import (
    actor_for,
    make_dossier,
    make_member,
    make_municipality,
    make_neighbourhood,
    make_team,
)
from nabij.drafts.keeping import save_draft
from nabij.residents.models import Resident
from nabij.signals.models import Signal

from .factories import MONDAY, log_in, make_signal

pytestmark = pytest.mark.django_db
NEEDED = {"about": "person", "who": "Meneer Jansen", "words": "Gordijnen dicht", "channel": "phone", "urgency": "2", "openness": "known"}
MAY = [Role.WORKER, Role.LEAD, Role.COUNTER, Role.GGD, Role.YOUTH_WORKER, Role.VOLUNTEER]


@pytest.fixture(autouse=True)
def monday(clock):
    clock.to(MONDAY)


@pytest.fixture
def office(team):
    return make_team(team.municipality, name="Loket", kind="office")


@pytest.mark.parametrize("role", MAY)
def test_who_and_what_are_enough(client, team, role):
    member = make_member(team, role)
    answer = log_in(client, member).post("/capture", NEEDED)
    assert (answer.status_code, answer.url) == (302, "/capture/mine")
    assert (Signal.objects.get().recorded_by, Signal.objects.get().commitment.team) == (member, team)


@pytest.mark.parametrize("role", sorted(set(Role) - set(MAY)))
def test_other_functions_have_no_such_page(client, team, role):
    assert log_in(client, make_member(team, role)).get("/capture").status_code == 404


def test_where_is_enough_too(client, team):
    log_in(client, team.lead).post("/capture", NEEDED | {"who": "", "place": "Speeltuin"})
    assert Signal.objects.get().about == "place"
    assert Signal.objects.get().commitment.what == "Zorg: Speeltuin"


@pytest.mark.parametrize("empty", ["words", "who"])
def test_what_is_missing_is_said_and_the_typed_text_stays(client, team, empty):
    answer = log_in(client, team.lead).post("/capture", NEEDED | {empty: "", "name": "Bep van hiernaast"})
    assert answer.status_code == 422
    assert "Bep van hiernaast" in answer.content.decode()
    assert Signal.objects.count() == 0


def test_the_counter_sees_afterwards_only_who_took_it_up(client, team, office):
    place = make_neighbourhood(team.municipality)
    counter = log_in(client, make_member(office, Role.COUNTER))
    counter.post("/capture", NEEDED | {"area": place.ref, "name": "Bep", "phone": "0612345678"})
    counter.get("/capture/mine")  # the message after sending is read once
    text = counter.get("/capture/mine").content.decode()
    assert f"Opgepakt door {Signal.objects.get().commitment.team.name}" in text
    for word in ("Jansen", "Gordijnen", "Bep", "0612345678", Signal.objects.get().ref):
        assert word not in text


def test_the_counter_opens_no_signal_and_no_queue(client, team, office):
    signal = make_signal(team)
    counter = log_in(client, make_member(office, Role.COUNTER))
    for address in ("/triage", f"/signals/{signal.ref}", f"/signals/{signal.ref}/decide", f"/signals/{signal.ref}/link"):
        assert counter.get(address).status_code == 404


def test_what_others_wrote_down_is_not_in_my_list(client, team):
    make_signal(team, recorded_by=make_member(team))
    assert "Opgepakt" not in log_in(client, team.lead).get("/capture/mine").content.decode()


def test_from_a_resident_the_name_stands_there_and_the_dossier_is_linked(client, team):
    dossier = make_dossier(team)
    Resident.objects.create(dossier=dossier, call_name="Ria", surname="Bos")
    lead = log_in(client, team.lead)
    assert "Ria Bos" in lead.get("/capture", {"dossier": dossier.ref}).content.decode()
    lead.post("/capture", NEEDED | {"dossier": dossier.ref})
    assert Signal.objects.get().commitment.dossier == dossier


def test_a_resident_one_may_not_open_is_not_there(client, team):
    stranger = make_dossier(make_team(make_municipality()))
    lead = log_in(client, team.lead)
    assert lead.get("/capture", {"dossier": stranger.ref}).status_code == 404
    assert lead.post("/capture", NEEDED | {"dossier": stranger.ref}).status_code == 404


def test_a_draft_comes_back_and_goes_when_it_is_sent(client, team):
    save_draft(actor=actor_for(team.lead), at=MONDAY, key="capture-new", body='{"words": "Half verhaal", "unsafe": "on"}')
    lead = log_in(client, team.lead)
    assert "Half verhaal" in lead.get("/capture").content.decode()
    lead.post("/capture", NEEDED)
    assert "Half verhaal" not in lead.get("/capture").content.decode()


def test_a_place_in_another_municipality_is_refused_with_what_to_do(client, team):
    NeighbourhoodPostcode.objects.create(neighbourhood=make_neighbourhood(make_municipality()), postcode="9999")
    answer = log_in(client, team.lead).post("/capture", NEEDED | {"postcode": "9999 AB"})
    assert "andere gemeente" in answer.content.decode()
    assert Signal.objects.count() == 0

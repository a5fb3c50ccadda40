"""The pages of the network: map and list say the same, forms keep what was typed, and what is not yours is not there."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.audit.models import Entry
from nabij.commitments.tests.factories import log_in
from nabij.network import actions
from nabij.network.models import CarerLoad, HouseholdMember, Tie
from nabij.residents.tests.factories import make_resident

from .factories import make_load, make_tie

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def dossier(team):
    return make_resident(team, call_name="Riet").dossier


@pytest.fixture
def worker(client, team):
    return log_in(client, team.lead.worker)


def filled(**fields):
    return {"name": "Els de Boer", "kind": "family", "ring": "1", "strength": "3", "word": "agreed", "request_id": "a", **fields}


def test_a_click_on_a_ring_opens_the_form_with_that_ring_chosen(worker, dossier):
    page = worker.get(f"/network/{dossier.ref}").text
    assert f'href="/network/{dossier.ref}/add?ring=2"' in page
    form = worker.get(f"/network/{dossier.ref}/add?ring=2").text
    assert 'name="ring" value="2" id="id_ring_1" checked' in form
    assert 'value="professional" id="id_kind_5" checked' in worker.get(f"/network/{dossier.ref}/add?ring=outside").text


def test_somebody_is_added_and_stands_in_the_map_and_in_the_list(worker, dossier):
    answer = worker.post(f"/network/{dossier.ref}/add", filled(does="Doet de was"))
    assert (answer.status_code, answer["Location"]) == (302, f"/network/{dossier.ref}")
    page = worker.get(f"/network/{dossier.ref}").text
    assert page.count("Els de Boer") >= 2 and "Doet de was" in page
    assert Entry.objects.filter(verb="network.ties", dossier_id=dossier.pk).count() == 1


def test_the_map_is_well_formed_with_a_title_and_words_for_who_does_not_see_it(worker, team, dossier):
    for number, kind in enumerate(Tie.Kind.values * 3):
        make_tie(team.lead, dossier, f"Iemand & <b>{number}</b>", kind=kind, ring=None if kind in Tie.OUTSIDE else number % 3 + 1, strength=number % 3 + 1)
    make_load(team.lead, Tie.objects.filter(kind="carer").first())
    fragment = worker.get(f"/network/{dossier.ref}/map", **HTMX).text
    drawn = "<svg" + fragment.split('<svg class="network-map"')[1].partition("</svg>")[0] + "</svg>"
    tree = ET.fromstring(drawn)
    assert tree.find("title").text == "Netwerk van Riet de Vries"
    assert tree.find("desc").text.startswith("21 mensen om de inwoner heen.")
    assert len(list(tree.iter("line"))) == 21
    assert "style=" not in fragment and "<html" not in fragment
    assert "<html" in worker.get(f"/network/{dossier.ref}/map").text


def test_the_fragment_counts_as_a_look_but_not_as_an_opening(worker, dossier):
    worker.get(f"/network/{dossier.ref}/map", **HTMX)
    entry = Entry.objects.get(verb="network.map")
    assert (entry.dossier_id, entry.dossiers) == (None, f"[{dossier.pk}]")


@pytest.mark.parametrize("page", ["", "/map", "/household"])
def test_as_many_queries_for_1_as_for_30_ties(worker, team, dossier, page):
    def ask():
        with CaptureQueriesContext(connection) as caught:
            assert worker.get(f"/network/{dossier.ref}{page}").status_code == 200
        return len(caught)

    def fill(count):
        for _number in range(count):
            other = make_resident(team, call_name="Kees").dossier
            make_load(team.lead, make_tie(team.lead, dossier, "Kees", other=other), "manages")
            actor = actor_for(team.lead)
            actions.set_household(actor=actor, at=actor.at, dossier=dossier, other=other, from_on=actor.on)

    fill(1)
    ask()
    first = ask()
    fill(29)
    assert ask() == first


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_what_to_do(worker, dossier):
    answer = worker.post(f"/network/{dossier.ref}/add", filled(ring="", does="Doet de was"))
    assert answer.status_code == 422
    assert "Kies hoe dichtbij deze persoon is." in answer.text and "Doet de was" in answer.text
    assert not Tie.objects.exists()


def test_somebody_we_know_too_is_looked_up_chosen_and_linked(worker, team, dossier):
    sister = make_resident(team, call_name="Sjaan", birth_year=1950, birth_month=2, birth_day=1)
    found = worker.post(f"/network/{dossier.ref}/add", filled(known_as="Sjaan de Vries 1-2-1950"))
    assert found.status_code == 200
    assert f'name="other" value="{sister.dossier.ref}"' in found.text
    assert not Tie.objects.exists()
    worker.post(f"/network/{dossier.ref}/add", filled(known_as="Sjaan de Vries 1-2-1950", other=sister.dossier.ref))
    assert Tie.objects.get().other == sister.dossier
    assert "Eigen dossier: Sjaan de Vries" in worker.get(f"/network/{dossier.ref}").text


def test_a_restricted_dossier_is_not_offered_and_its_ref_opens_nothing(worker, team, dossier):
    hidden = make_resident(team, call_name="Geheim", birth_year=1950).dossier
    type(hidden).objects.filter(pk=hidden.pk).update(restricted=True)
    answer = worker.post(f"/network/{dossier.ref}/add", filled(known_as="Geheim de Vries 1950", other=hidden.ref))
    assert hidden.ref not in answer.text
    assert not Tie.objects.filter(other=hidden).exists()


def test_the_carer_is_asked_and_a_load_that_is_too_heavy_stands_on_top(worker, team, dossier):
    tie = make_tie(team.lead, dossier, "Els")
    worker.post(f"/network/ties/{tie.ref}/carer", {"load": "too_much", "support": "Een avond vrij", "asked_on": timezone.localdate().isoformat()})
    assert CarerLoad.objects.get().by == team.lead
    page = worker.get(f"/network/{dossier.ref}").text
    assert "Els: het is te veel" in page and "Vraag nu niet meer van deze mantelzorger." in page and "Welkom zou zijn: Een avond vrij" in page


def test_a_tie_is_changed_and_ended_from_its_row(worker, team, dossier):
    tie = make_tie(team.lead, dossier, "Els", relation="dochter")
    assert 'value="dochter"' in worker.get(f"/network/ties/{tie.ref}/change").text
    worker.post(f"/network/ties/{tie.ref}/change", filled(name="Elsje", version="1"))
    assert worker.post(f"/network/ties/{tie.ref}/change", filled(name="Anders", version="1", request_id="b")).status_code == 422
    worker.post(f"/network/ties/{tie.ref}/end", {"until_on": timezone.localdate().isoformat(), "why": "moved", "version": "2"})
    assert (Tie.objects.get().name, Tie.objects.get().ended_why) == ("Elsje", "moved")
    assert "Eerder: 1 persoon" in worker.get(f"/network/{dossier.ref}").text


def test_a_household_begins_and_ends_on_its_page(worker, dossier):
    day = (timezone.localdate() - timedelta(30)).isoformat()
    worker.post(f"/network/{dossier.ref}/household", {"name": "Opa", "relation": "grootvader", "from_on": day})
    row = HouseholdMember.objects.get(themselves=False)
    assert "Opa (grootvader)" in worker.get(f"/network/{dossier.ref}/household").text
    worker.post(f"/network/members/{row.ref}/leave", {"until_on": timezone.localdate().isoformat()})
    row.refresh_from_db()
    assert row.until_on == timezone.localdate()


def test_what_is_not_yours_answers_as_what_is_not_there(client, team, dossier):
    tie = make_tie(team.lead, dossier)
    addresses = [f"/network/{dossier.ref}{page}" for page in ("", "/map", "/add", "/household")] + [f"/network/ties/{tie.ref}/{verb}" for verb in ("change", "end", "carer")]
    for reader in (make_team(team.municipality, name="Ander").lead, make_member(team, "volunteer")):
        log_in(client, reader.worker)
        for address in addresses:
            assert (client.get(address).status_code, client.post(address, filled()).status_code) == (404, 404)

"""Who may open a dossier: restricted, widened, shared with another organisation, or closed because you know the resident."""

import pytest
from django.urls import reverse

from nabij.access.models import Acquaintance, Dossier, Grant, Role, Sharing
from nabij.access.tests.factories import actor_for, log_in, make_controller, make_dossier, make_member, make_team
from nabij.audit.models import Entry, Event

pytestmark = pytest.mark.django_db
ACT = {"what": "De hele situatie", "why": "Samen op huisbezoek", "basis": "GDPR art. 6(1)(a)", "resident_word": "agreed"}


@pytest.fixture
def dossier(team):
    return make_dossier(team)


@pytest.fixture
def client(client, team):
    return log_in(client, team.lead.worker)


@pytest.fixture
def welfare(team):
    return make_team(team.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam Overwhere")


def to(name, dossier):
    return reverse(f"access:{name}", args=[dossier.ref])


def sees(membership, dossier):
    return Dossier.objects.visible_to(actor_for(membership)).filter(pk=dossier.pk).exists()


def test_a_restricted_dossier_is_open_to_the_named_people_only(client, team, dossier):
    named, other = make_member(team, name="Femke"), make_member(team, name="Karim")
    client.post(to("restrict", dossier), {"workers": [named.worker.ref]})
    assert [sees(member, dossier) for member in (team.lead, named, other)] == [True, True, False]
    assert "Femke" in client.get(to("restrict", dossier)).text


def test_a_widened_dossier_is_open_to_the_team_again(client, team, dossier):
    client.post(to("restrict", dossier), {})
    client.post(to("widen", dossier), {})
    assert sees(team.lead_substitute, dossier)
    assert Grant.objects.running(actor_for(team.lead).on).filter(dossier=dossier).count() == 0


def test_sharing_opens_the_dossier_and_stopping_closes_it(client, dossier, welfare):
    client.post(to("share", dossier), {**ACT, "to_team": welfare.ref})
    sharing = Sharing.objects.get()
    assert (sharing.dossier, sharing.to_team, sees(welfare.lead, dossier)) == (dossier, welfare, True)
    assert "Buurtteam Overwhere" in client.get(to("share", dossier)).text
    client.post(to("end_sharing", dossier), {"sharing": sharing.ref})
    sharing.refresh_from_db()
    assert (sharing.ended_at is None, sees(welfare.lead, dossier)) == (False, False)
    assert Entry.objects.filter(verb="access.share", event=Event.TRANSFER, dossier_id=dossier.pk).count() == 1


def test_not_told_needs_a_reason_and_what_was_typed_stays(client, dossier, welfare):
    answer = client.post(to("share", dossier), {**ACT, "to_team": welfare.ref, "resident_word": "not_told"})
    assert answer.status_code == 422
    assert "Schrijf op waarom de inwoner het niet weet." in answer.text and "Samen op huisbezoek" in answer.text
    assert Sharing.objects.count() == 0


def test_a_sharing_act_of_another_dossier_cannot_be_stopped_here(client, team, dossier, welfare):
    client.post(to("share", dossier), {**ACT, "to_team": welfare.ref})
    assert client.post(to("end_sharing", make_dossier(team)), {"sharing": Sharing.objects.get().ref}).status_code == 404
    assert Sharing.objects.get().ended_at is None


def test_who_knows_the_resident_closes_the_dossier_for_themselves(client, team, dossier):
    client.post(to("know_resident", dossier), {})
    assert Acquaintance.objects.filter(worker=team.lead.worker, dossier=dossier).count() == 1
    assert client.get(to("restrict", dossier)).status_code == 404


@pytest.mark.parametrize("verb", ["restrict", "widen", "share", "end_sharing", "know_resident"])
def test_another_teams_dossier_answers_as_what_is_not_there(client, verb):
    theirs = make_dossier(make_team(name="Team Elders"))
    assert (client.get(to(verb, theirs)).status_code, client.post(to(verb, theirs), {}).status_code) == (404, 404)


def test_a_volunteer_shares_nothing(client, team, dossier):
    volunteer = log_in(type(client)(), make_member(team, Role.VOLUNTEER, "Vera").worker)
    assert volunteer.post(to("share", dossier), ACT).status_code == 404

import pytest
from django.utils import timezone

from nabij.access.models import Acquaintance, Dossier, Grant
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member
from nabij.casework.actions import add_activity, change_coordinator
from nabij.commitments.tests.factories import log_in
from nabij.core.errors import Refused

from .factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(team):
    dossier = make_dossier(team, restricted=True)
    make_grant(dossier, team.lead.worker, kind="restricted")
    return dossier


def test_what_runs_and_the_access_go_along_and_who_leaves_reads_on_for_a_month(team, hidden):
    before, after = make_member(team), make_member(team, name="Bo")
    case = make_case(team.lead, hidden, owner=before)
    now = timezone.now()
    activity = add_activity(actor=actor_for(before), at=now, case=case, text="Bellen", rung=1, carrier="Zelf")
    change_coordinator(actor=actor_for(before), at=now, case=case, owner=after)
    activity.commitment.refresh_from_db()
    case.commitment.refresh_from_db()
    assert (case.commitment.owner, case.commitment.taken_at, activity.commitment.owner) == (after, None, after)
    assert Dossier.objects.visible_to(actor_for(after)).get() == hidden
    assert (Grant.objects.get(worker=before.worker).until_on - timezone.localdate()).days == 30


def test_who_knows_the_resident_does_not_get_the_case_and_nothing_moves(team, hidden):
    friend = make_member(team, name="Bo")
    Acquaintance.objects.create(worker=friend.worker, dossier=hidden)
    case = make_case(team.lead, hidden)
    with pytest.raises(Refused):
        change_coordinator(actor=actor_for(team.lead), at=timezone.now(), case=case, owner=friend)
    case.commitment.refresh_from_db()
    assert case.commitment.owner == team.lead


def test_the_page_offers_colleagues_and_hands_over(client, team):
    member, colleague = make_member(team), make_member(team, name="Bo")
    case = make_case(member, make_dossier(team))
    log_in(client, member.worker)
    address = f"/cases/{case.ref}/coordinator"
    assert colleague.ref in client.get(address).content.decode()
    assert client.post(address, {"owner": ""}).status_code == 422
    assert client.post(address, {"owner": colleague.ref})["Location"] == "/"
    case.commitment.refresh_from_db()
    assert case.commitment.owner == colleague

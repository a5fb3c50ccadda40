import pytest
from django.utils import timezone

from nabij.access.models import Dossier, Grant
from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_team
from nabij.audit.models import Entry
from nabij.casework.actions import open_case
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Kind, Turn

pytestmark = pytest.mark.django_db


def test_a_case_has_one_coordinator_and_a_date_from_the_first_moment():
    member = make_member(make_team())
    dossier, now = make_dossier(member.team), timezone.now()
    case = open_case(actor=actor_for(member), at=now, dossiers=[dossier], question=" Hoe kom ik weer onder de mensen? ")
    commitment = case.commitment
    assert (commitment.kind, commitment.owner, commitment.team, commitment.dossier) == (Kind.CASE, member, member.team, dossier)
    assert commitment.due_at == end_of(working_days_after(timezone.localdate(now), 5))
    assert case.question == "Hoe kom ik weer onder de mensen?"
    assert [row.dossier_id for row in case.case_dossiers.all()] == [dossier.pk]
    assert Turn.objects.filter(commitment=commitment).count() == 1
    assert Entry.objects.get(verb="casework.open_case").dossier_id == dossier.pk
    assert Grant.objects.count() == 0  # a colleague of the team can open it already


def test_the_coordinator_gets_access_to_a_restricted_resident():
    team = make_team()
    dossier = make_dossier(team, restricted=True)
    giver, coordinator = make_member(team, name="Ali"), make_member(team, name="Bo")
    Grant.objects.create(dossier=dossier, worker=giver.worker, kind="restricted", purpose="named", basis="x", from_on="2020-01-01")
    case = open_case(actor=actor_for(giver), at=timezone.now(), dossiers=[dossier], owner=coordinator)
    grant = Grant.objects.get(worker=coordinator.worker)
    assert (grant.kind, grant.basis, grant.purpose) == ("casework", "Wmo 2015 art. 5.1.1", f"case {case.ref}")
    assert Dossier.objects.visible_to(actor_for(coordinator)).get() == dossier

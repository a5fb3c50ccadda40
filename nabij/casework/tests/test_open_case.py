from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Acquaintance, Dossier, Grant
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.audit.models import Entry
from nabij.casework.actions import link_resident, open_case
from nabij.casework.models import Case
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Kind, Turn
from nabij.core.errors import Absent, Refused
from nabij.signals.tests.factories import MONDAY, make_signal

from .factories import make_case

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


def test_the_signal_it_came_from_is_settled_in_the_same_breath():
    member = make_member(make_team())
    dossier = make_dossier(member.team)
    signal = make_signal(member.team, urgency=1, asks_support=True)
    case = open_case(actor=actor_for(member, MONDAY), at=MONDAY, dossiers=[dossier], signal=signal)
    signal.commitment.refresh_from_db()
    assert (signal.commitment.outcome, signal.commitment.dossier_id) == ("case_opened", dossier.pk)
    assert (signal.decisions.get().kind, signal.decisions.get().by) == ("case", member.worker)
    assert (case.signal, case.commitment.urgency) == (signal, 1)


def test_a_wmo_report_has_six_weeks_from_receipt_and_is_kept_fifteen_years():
    member = make_member(make_team())
    dossier = make_dossier(member.team)
    signal = make_signal(member.team, asks_support=True)
    later = MONDAY + timedelta(days=9)
    case = open_case(actor=actor_for(member, later), at=later, dossiers=[dossier], signal=signal)
    assert timezone.localdate(case.commitment.term_at) == MONDAY.date() + timedelta(days=42)
    dossier.refresh_from_db()
    assert dossier.erase_on.year == MONDAY.year + 15


def test_a_signal_that_is_finished_opens_nothing():
    member = make_member(make_team())
    dossier, signal = make_dossier(member.team), make_signal(member.team)
    make_case(member, dossier, at=MONDAY, signal=signal)
    with pytest.raises(Refused, match="Dit signaal is al afgerond"):
        make_case(member, dossier, at=MONDAY, signal=signal)
    assert Case.objects.count() == 1


def test_a_coordinator_who_knows_the_resident_is_refused():
    team = make_team()
    dossier, giver, friend = make_dossier(team), make_member(team), make_member(team, name="Bo")
    Acquaintance.objects.create(worker=friend.worker, dossier=dossier)
    with pytest.raises(Refused) as refused:
        make_case(giver, dossier, owner=friend)
    assert refused.value.field == "owner"
    assert (Case.objects.count(), Grant.objects.count()) == (0, 0)


@pytest.mark.parametrize("gone", ["ended", "blocked", "last day"])
def test_who_does_not_work_here_any_more_coordinates_nothing(gone):
    team = make_team()
    fields = {"ended": {"ended_at": timezone.now()}, "last day": {"until_on": timezone.localdate() - timedelta(1)}}
    bo = make_member(team, name="Bo", **fields.get(gone, {}))
    bo.worker.blocked_at = timezone.now() if gone == "blocked" else None
    bo.worker.save()
    with pytest.raises(Refused, match="Bo werkt niet meer in dit team") as refused:
        make_case(make_member(team), make_dossier(team), owner=bo)
    assert (refused.value.field, Case.objects.count()) == ("owner", 0)


def test_a_case_is_about_somebody_and_its_first_date_is_still_to_come():
    member = make_member(make_team())
    with pytest.raises(Refused, match="Kies over wie deze casus gaat") as nobody:
        make_case(member)
    with pytest.raises(Refused, match="Deze datum is voorbij") as late:
        make_case(member, make_dossier(member.team), due_at=timezone.now() - timedelta(minutes=1))
    assert (nobody.value.field, late.value.field, Case.objects.count()) == ("dossiers", "due_on", 0)


def test_a_job_that_opens_a_case_names_who_coordinates_it():
    dossier, now = make_dossier(make_team()), timezone.now()
    with pytest.raises(Refused, match="Kies wie de vaste contactpersoon is") as refused:
        open_case(actor=system_actor(at=now), at=now, dossiers=[dossier])
    assert (refused.value.field, Case.objects.count()) == ("owner", 0)


def test_a_signal_of_another_team_is_absent_and_stays_open_there():
    team = make_team()
    theirs = make_signal(make_team(team.municipality, name="Team Wheermolen"))
    with pytest.raises(Absent):
        make_case(make_member(team), make_dossier(team), at=MONDAY, signal=theirs)
    theirs.commitment.refresh_from_db()
    assert (theirs.commitment.is_open, Case.objects.count()) == (True, 0)


def test_a_resident_of_another_team_is_not_added():
    team = make_team()
    member, theirs = make_member(team), make_dossier(make_team(team.municipality, name="Team Wheermolen"))
    case = make_case(member, make_dossier(team))
    with pytest.raises(Absent):
        link_resident(actor=actor_for(member), at=timezone.now(), case=case, dossier=theirs)
    assert (case.case_dossiers.count(), Grant.objects.count()) == (1, 0)


def test_a_resident_of_another_team_is_absent_and_nothing_is_opened_for_the_own_one():
    team = make_team()
    mine, theirs = make_dossier(team), make_dossier(make_team(team.municipality, name="Team Wheermolen"))
    with pytest.raises(Absent):
        make_case(make_member(team), mine, theirs)
    assert Case.objects.count() == 0


def test_a_case_over_two_residents_has_one_coordinator_and_a_second_worker_cannot_open_it_from_elsewhere():
    team = make_team()
    member, one, two = make_member(team), make_dossier(team), make_dossier(team)
    case = make_case(member, one, two)
    assert [link.dossier_id for link in case.case_dossiers.order_by("pk")] == [one.pk, two.pk]
    elsewhere = actor_for(make_member(make_team(team.municipality, name="Team Wheermolen")))
    assert list(Case.objects.visible_to(elsewhere)) == []


def test_the_same_request_twice_opens_one_case():
    member = make_member(make_team())
    actor, dossier, now = actor_for(member), make_dossier(member.team), timezone.now()
    assert open_case(actor=actor, at=now, dossiers=[dossier]) == open_case(actor=actor, at=now, dossiers=[dossier])
    assert Case.objects.count() == 1


def test_a_volunteer_and_the_counter_open_no_case():
    team = make_team()
    dossier = make_dossier(team)
    for role in ("volunteer", "counter"):
        member = make_member(team, role)
        make_grant(dossier, member.worker)
        with pytest.raises(Absent):
            make_case(member, dossier)


def test_a_resident_is_added_and_the_coordinator_gets_access():
    team = make_team()
    member = make_member(team)
    named = make_dossier(team, restricted=True)
    lead = team.lead
    make_grant(named, lead.worker, kind="restricted")
    case = make_case(member, make_dossier(team))
    link_resident(actor=actor_for(lead), at=timezone.now(), case=case, dossier=named)
    assert Dossier.objects.visible_to(actor_for(member)).filter(pk=named.pk).exists()
    with pytest.raises(Refused):
        link_resident(actor=actor_for(lead), at=timezone.now(), case=case, dossier=named)

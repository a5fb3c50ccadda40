"""Who sees which open work: through the dossier it hangs on, through the team or its owner where there is none, and a meldcode nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.models import Dossier
from nabij.access.tests.factories import actor_for, make_dossier, make_grant, make_member, make_team
from nabij.commitments.models import Commitment, Kind, StandIn

from .factories import make_stand_in
from .rows import make_commitment

pytestmark = pytest.mark.django_db


def sees(membership, commitment):
    return Commitment.objects.visible_to(actor_for(membership)).filter(pk=commitment.pk).exists()


def test_work_on_a_dossier_is_seen_by_who_may_open_that_dossier_whoever_answers_for_it(team):
    dossier, colleague = make_dossier(team), make_member(team, name="Bo")
    work = make_commitment(team.lead, dossier)
    assert [sees(member, work) for member in (team.lead, colleague)] == [True, True]
    Dossier.objects.filter(pk=dossier.pk).update(restricted=True)
    make_grant(dossier, colleague.worker, kind="restricted")
    assert [sees(member, work) for member in (team.lead, colleague)] == [False, True]


def test_work_without_a_dossier_is_seen_by_its_team_and_its_owner_and_by_nobody_else(team):
    elsewhere, volunteer = make_team(team.municipality, name="Team Centrum"), make_member(team, "volunteer", "Vera")
    loose, theirs = make_commitment(team.lead), make_commitment(volunteer)
    assert [sees(member, loose) for member in (team.lead, team.lead_substitute, volunteer, elsewhere.lead)] == [True, True, False, False]
    assert [sees(member, theirs) for member in (team.lead, volunteer, elsewhere.lead)] == [True, True, False]


def test_a_meldcode_is_seen_by_its_owner_only_not_by_the_lead_nor_by_who_stands_in(team):
    owner = make_member(team, name="Noor")
    make_stand_in(owner, team.lead_substitute)
    code = make_commitment(owner, kind=Kind.MELDCODE)
    assert [sees(member, code) for member in (owner, team.lead, team.lead_substitute)] == [True, False, False]


@pytest.mark.parametrize(("first", "last", "ended", "runs"), [(-5, 0, False, True), (0, 5, False, True), (-5, -1, False, False), (1, 5, False, False), (-5, 5, True, False)])
def test_an_absence_runs_from_its_first_day_to_its_last_and_not_after_it_was_ended(team, first, last, ended, runs):
    now, today = timezone.now(), timezone.localdate()
    days = {"from_on": today + timedelta(first), "until_on": today + timedelta(last), "ended_at": now if ended else None}
    StandIn.objects.create(membership=team.lead, substitute=team.lead_substitute, **days)
    assert StandIn.objects.running(today).exists() is runs

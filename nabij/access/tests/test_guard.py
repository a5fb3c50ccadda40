"""Who may open which dossier: one rule a test."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.models import Acquaintance, Dossier, Role, Sharing

from .factories import actor_for, make_controller, make_dossier, make_grant, make_member, make_municipality, make_team

pytestmark = pytest.mark.django_db
NOW = timezone.now
TODAY = timezone.localdate


def opens(membership, dossier):
    return Dossier.objects.visible_to(actor_for(membership)).filter(pk=dossier.pk).exists()


@pytest.mark.parametrize("role", [Role.WORKER, Role.LEAD])
def test_a_paid_member_opens_an_ordinary_dossier_of_the_team(team, role):
    assert opens(make_member(team, role), make_dossier(team))


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.WORKER, Role.LEAD}])
def test_every_other_role_opens_nothing_without_a_grant(team, role):
    member = make_member(team, role)
    dossier = make_dossier(team)
    assert not opens(member, dossier)
    make_grant(dossier, member.worker)
    assert opens(member, dossier)


def test_an_unpaid_worker_has_a_volunteers_rights(team):
    assert not opens(make_member(team, Role.WORKER, paid=False), make_dossier(team))


def test_another_team_opens_nothing(team):
    other = make_team(team.municipality, name="Team Wheermolen")
    assert not opens(make_member(other), make_dossier(team))


def test_a_restricted_dossier_opens_by_grant_only(team, noor):
    dossier = make_dossier(team, restricted=True)
    assert not opens(noor, dossier)
    make_grant(dossier, noor.worker, kind="restricted")
    assert opens(noor, dossier)


def test_a_merged_dossier_follows_its_root(team, noor):
    root = make_dossier(team, restricted=True)
    merged = make_dossier(team)
    Dossier.objects.filter(pk=merged.pk).update(root=root)
    assert not opens(noor, merged)


@pytest.mark.parametrize(("from_days", "until_days", "expected"), [(0, 0, True), (-5, None, True), (1, None, False), (-5, -1, False)])
def test_a_grant_holds_from_its_first_day_to_its_last(team, from_days, until_days, expected):
    volunteer, dossier = make_member(team, Role.VOLUNTEER), make_dossier(team)
    until = None if until_days is None else TODAY() + timedelta(days=until_days)
    make_grant(dossier, volunteer.worker, from_on=TODAY() + timedelta(days=from_days), until_on=until)
    assert opens(volunteer, dossier) is expected


def test_an_ended_grant_opens_nothing(team):
    volunteer, dossier = make_member(team, Role.VOLUNTEER), make_dossier(team)
    make_grant(dossier, volunteer.worker, ended_at=NOW())
    assert not opens(volunteer, dossier)


@pytest.mark.parametrize(
    "fields", [{"ended_at": NOW()}, {"until_on": TODAY() - timedelta(days=1)}, {"from_on": TODAY() + timedelta(days=1)}]
)
def test_a_membership_that_does_not_run_today_opens_nothing(team, fields):
    member = make_member(team, **fields)
    dossier = make_dossier(team)
    make_grant(dossier, member.worker)
    assert not opens(member, dossier)


def test_the_last_planned_day_still_counts(team):
    assert opens(make_member(team, until_on=TODAY()), make_dossier(team))


def test_another_organisation_opens_nothing_even_with_a_grant_left_over(team):
    welfare = make_team(team.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam")
    member, dossier = make_member(welfare), make_dossier(team)
    make_grant(dossier, member.worker)
    assert not opens(member, dossier)


def test_another_organisation_opens_what_was_shared_with_its_team_until_the_sharing_ends(team, noor):
    welfare = make_team(team.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam")
    member, dossier = make_member(welfare), make_dossier(team)
    from nabij.access import actions

    sharing = actions.share_dossier(
        actor=actor_for(noor), at=NOW(), dossier=dossier, to_team=welfare, what="plan", why="samen helpen", basis="toestemming", resident_word="agreed"
    )
    assert opens(member, dossier)
    actions.end_sharing(actor=actor_for(noor), at=NOW(), sharing=Sharing.objects.get(pk=sharing.pk))
    assert not opens(member, dossier)


def test_who_has_no_place_in_a_team_any_more_opens_nothing_also_not_what_was_shared_with_them_by_name(team):
    welfare = make_team(team.municipality, make_controller("welfare", "Welzijn Waterland"), name="Buurtteam")
    member, dossier = make_member(welfare), make_dossier(team)
    said = {"what": "plan", "why": "samen helpen", "basis": "toestemming", "resident_word": "agreed"}
    sharing = Sharing.objects.create(dossier=dossier, to_team=welfare, by_worker=team.lead.worker, from_at=NOW(), **said)
    make_grant(dossier, member.worker, kind="sharing", sharing=sharing)
    assert opens(member, dossier)
    member.ended_at = NOW()
    member.save()
    assert not opens(member, dossier)


def test_nobody_opens_the_dossier_of_somebody_they_know_whatever_grant_they_hold(team, noor):
    dossier = make_dossier(team)
    make_grant(dossier, noor.worker, kind="break_glass", reason="spoed", until_on=TODAY())
    Acquaintance.objects.create(worker=noor.worker, dossier=dossier)
    assert not opens(noor, dossier)


def test_a_team_that_works_by_assignment_opens_only_what_was_given(team, noor):
    team.assigned_only = True
    team.save()
    dossier = make_dossier(team)
    assert not opens(noor, dossier)
    make_grant(dossier, noor.worker)
    assert opens(noor, dossier)


def test_an_erased_dossier_is_gone_for_everybody(team, noor):
    assert not opens(noor, make_dossier(team, erased_at=NOW()))


def test_a_blocked_worker_opens_nothing(team, noor):
    noor.worker.blocked_at = NOW()
    noor.worker.save()
    assert not opens(noor, make_dossier(team))


def test_a_second_municipality_of_the_same_organisation_is_another_team(team):
    neighbour = make_team(make_municipality(team.controller), name="Team Elders")
    assert not opens(make_member(neighbour), make_dossier(team))

from datetime import date, datetime, timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.models import Dossier
from nabij.access.tests.factories import actor_for, make_grant, make_member, make_team
from nabij.casework.actions import plan_age_review, review_ages
from nabij.casework.models import AgeReview
from nabij.casework.queries import turning
from nabij.commitments.models import Task
from nabij.residents.tests.factories import make_resident

from .factories import make_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = timezone.make_aware(datetime(2026, 11, 20, 3))


@pytest.fixture
def member():
    return make_member(make_team(), name="Noor")


def child(member, age, day=date(2026, 12, 1), **fields):
    born = {"birth_year": day.year - age, "birth_month": day.month, "birth_day": day.day} | fields
    return make_resident(member.team, "Bakker", call_name=f"Kind{age}", **born).dossier


def review(at=NOW):
    return review_ages(actor=system_actor(at=at), at=at)


@pytest.mark.parametrize("age", [12, 16, 18])
def test_the_coordinator_gets_a_task_on_the_birthday(member, age):
    dossier = child(member, age)
    make_case(member, dossier, at=NOW)
    assert review() == (1, 1)
    row = AgeReview.objects.get().task.commitment
    assert (row.owner, row.dossier, timezone.localdate(row.due_at)) == (member, dossier, date(2026, 12, 1))
    assert row.what == f"Wordt {age}: wie beslist, wie mag meelezen?"


def test_without_a_case_the_lead_gets_it(member):
    child(member, 12)
    review()
    assert AgeReview.objects.get().task.commitment.owner == member.team.lead


def test_twice_changes_nothing(member):
    child(member, 16)
    assert [review(), review(NOW + timedelta(days=1))] == [(1, 1), (0, 0)]
    assert Task.objects.count() == 1


def test_a_second_run_at_the_same_moment_makes_nothing_more(member):
    dossier = child(member, 16)
    found = turning(on=TODAY)
    review()
    actor = system_actor(at=NOW)
    assert plan_age_review(actor=actor, at=NOW, dossier=dossier, age=16, birthday=found[0].on) is None
    assert Task.objects.count() == 1


def test_the_database_keeps_one_review_for_each_age(member):
    dossier = child(member, 18)
    review()
    kept, other = AgeReview.objects.get(), make_resident(member.team, "Jansen", birth_year=2008, birth_month=12, birth_day=2).dossier
    review()
    for wrong in ({"dossier": dossier, "age": 18}, {"dossier": dossier, "age": 13}):
        with pytest.raises(Error), transaction.atomic():
            AgeReview.objects.filter(dossier=other).update(**wrong)
    assert kept.age == 18


def test_other_ages_and_days_further_away_ask_nothing(member):
    for age in (11, 13, 15, 17, 19):
        child(member, age)
    child(member, 12, date(2026, 12, 21))
    child(member, 12, date(2026, 10, 1))
    assert review() == (0, 0)


def test_a_birthday_that_was_just_missed_is_looked_at_today(member):
    child(member, 16, date(2026, 11, 10))
    review()
    assert timezone.localdate(AgeReview.objects.get().task.commitment.due_at) == TODAY


def test_somebody_born_on_29_february_reaches_the_age_on_1_march(member):
    make_resident(member.team, "Bakker", birth_year=2008, birth_month=2, birth_day=29)
    assert [row.on for row in turning(on=date(2026, 2, 20))] == [date(2026, 3, 1)]


def test_who_has_died_or_was_erased_asks_nothing(member):
    gone, dead = child(member, 12), child(member, 16)
    Dossier.objects.filter(pk=gone.pk).update(erased_at=NOW)
    type(dead.resident).objects.filter(pk=dead.pk).update(deceased_on=TODAY)
    assert review() == (0, 0)


def test_of_a_restricted_dossier_somebody_who_may_open_it_gets_the_task(member):
    dossier = child(member, 16)
    Dossier.objects.filter(pk=dossier.pk).update(restricted=True)
    make_grant(dossier, member.worker, kind="restricted")
    review()
    owner = AgeReview.objects.get().task.commitment.owner
    assert owner == member
    assert Dossier.objects.visible_to(actor_for(owner)).filter(pk=dossier.pk).exists()

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nabij.access.models import Dossier
from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_team
from nabij.commitments.clock import start_of
from nabij.commitments.tests.factories import make_task
from nabij.contacts.actions import withdraw_contact
from nabij.contacts.models import ContactText
from nabij.contacts.queries import last_contact, proposed_next, silence_days, silences
from nabij.residents.models import Away

from .factories import make_contact

pytestmark = pytest.mark.django_db
START = date(2026, 3, 2)


@pytest.fixture
def member():
    return make_member(make_team())


def opened_on(team, day):
    dossier = make_dossier(team)
    Dossier.objects.filter(pk=dossier.pk).update(opened_at=start_of(day))
    return dossier


def test_who_was_never_reached_is_silent_from_the_start_of_the_dossier(member):
    dossier = opened_on(member.team, START)
    found = silences(dossier_ids=[dossier.pk], on=START + timedelta(30))[dossier.pk]
    assert (found.days, found.never, found.since) == (30, True, start_of(START))


@pytest.mark.parametrize(
    ("away", "days"),
    [
        ([], 30),
        ([(10, 14)], 25),
        ([(10, 14), (12, 16)], 23),
        ([(-5, 4)], 26),
        ([(28, 60)], 27),
        ([(-5, 60)], 0),
        ([(31, 60)], 30),
    ],
)
def test_days_away_do_not_count_however_they_overlap(member, away, days):
    dossier = opened_on(member.team, START)
    for begin, end in away:
        Away.objects.create(dossier=dossier, kind="admitted", from_on=START + timedelta(begin), until_on=START + timedelta(end))
    assert silence_days(dossier_id=dossier.pk, on=START + timedelta(30)) == days


def test_contact_recorded_on_a_merged_dossier_counts_for_both(member):
    root, merged = make_dossier(member.team), make_dossier(member.team)
    contact = make_contact(member, merged)
    assert last_contact(dossier_ids=[root.pk]) == {}
    Dossier.objects.filter(pk=merged.pk).update(root=root)
    assert last_contact(dossier_ids=[root.pk, merged.pk]) == {root.pk: contact.happened_at, merged.pk: contact.happened_at}


def test_a_whole_caseload_is_one_query(member, django_assert_num_queries):
    ids = [make_dossier(member.team).pk for _ in range(30)]
    for wanted in (ids[:1], ids):
        with django_assert_num_queries(1):
            last_contact(dossier_ids=wanted)
        with django_assert_num_queries(1):
            silences(dossier_ids=wanted, on=START)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.booleans(), st.booleans()), max_size=8))
def test_last_contact_is_the_latest_real_one_whatever_was_tried_withdrawn_or_removed(member, moments):
    dossier, now = make_dossier(member.team), timezone.now()
    real = []
    for days, reached, withdrawn, removed in moments:
        at = now - timedelta(days=days)
        contact = make_contact(member, dossier, at=at, reached=reached)
        if withdrawn:
            withdraw_contact(actor=actor_for(member), at=at, contact=contact)
        elif removed:
            ContactText.objects.filter(contact=contact).delete()
        elif reached:
            real.append(at)
    assert last_contact(dossier_ids=[dossier.pk]) == ({dossier.pk: max(real)} if real else {})


def test_after_contact_two_weeks_are_proposed_and_after_an_attempt_the_next_working_day(member):
    friday = timezone.make_aware(datetime(2026, 3, 6, 10))
    task = make_task(member)
    assert proposed_next(commitment=task, reached=True, at=friday) == date(2026, 3, 20)
    assert proposed_next(commitment=task, reached=True, at=friday, rhythm=28) == date(2026, 4, 7)  # 3 April is Good Friday, then Easter
    assert proposed_next(commitment=task, reached=False, at=friday) == date(2026, 3, 9)
    assert proposed_next(commitment=None, reached=True, at=friday) is None

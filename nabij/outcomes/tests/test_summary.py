from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from nabij.access.tests.factories import actor_for, make_member, make_municipality, make_team
from nabij.casework.actions import add_activity, add_goal, end_goal, finish_activity
from nabij.casework.tests.factories import make_case
from nabij.outcomes.counting import SMALLEST, shown
from nabij.outcomes.queries import outcome_of, summary
from nabij.residents.tests.factories import make_resident

from .factories import do, make_paper


@settings(deadline=None)
@given(some.dictionaries(some.sampled_from("abcdef"), some.integers(0, 30), min_size=1))
def test_no_small_count_is_shown_and_none_can_be_found_by_subtraction(counts):
    seen = shown(counts)
    assert all(count == 0 or count >= SMALLEST for count in seen.values() if count is not None)
    hidden = [name for name, count in seen.items() if count is None]
    missing = sum(counts.values()) - sum(count for count in seen.values() if count is not None)
    assert not hidden or missing >= SMALLEST or len(hidden) == len(counts) or all(counts[name] == 0 for name in set(counts) - set(hidden))
    assert len([name for name in hidden if counts[name]]) != 1 or sum(1 for count in counts.values() if count) == 1


def test_what_is_large_enough_stands_as_it_is():
    assert shown({"a": 5, "b": 9, "c": 0}) == {"a": 5, "b": 9, "c": 0}
    assert shown({"a": 4, "b": 9, "c": 12}) == {"a": None, "b": None, "c": 12}
    assert shown({"a": 4, "b": 0}) == {"a": None, "b": None}


@pytest.fixture
def member():
    return make_member(make_team(), name="Noor")


def a_case(member, number):
    dossier = make_resident(member.team, f"Bakker{number}").dossier
    case = make_case(member, dossier)
    goal = do(add_goal, member, case=case, text="Weer naar buiten")
    activity = do(add_activity, member, case=case, goal=goal, text="Samen lopen", rung=2, carrier="buurvrouw")
    do(finish_activity, member, activity=activity, outcome="done")
    do(end_goal, member, goal=goal, result="reached", words="")
    return case, dossier


@pytest.mark.django_db
def test_the_sum_of_a_municipality_counts_its_own_and_hides_what_is_small(member):
    today = timezone.localdate()
    for number in range(5):
        case, dossier = a_case(member, number)
        make_paper(member, case, dossier, better=4 if number else 1)
    elsewhere = make_municipality()
    other = make_member(make_team(elsewhere), name="Wim")
    a_case(other, 9)
    found = summary(municipality=member.team.municipality, from_on=today - timedelta(1), until_on=today)
    assert (found.goals["reached"], found.rungs["2"]) == (5, 5)
    assert found.experience["heard"] == {"1": 0, "2": 0, "3": 0, "4": 0, "5": 5}
    assert found.experience["better"] == {"1": None, "2": 0, "3": 0, "4": None, "5": 0}  # one and four
    theirs = summary(municipality=elsewhere, from_on=today - timedelta(1), until_on=today)
    assert set(theirs.goals.values()) == {None}
    before = summary(municipality=member.team.municipality, from_on=today - timedelta(9), until_on=today - timedelta(5))
    assert set(before.goals.values()) == {0}


@pytest.mark.django_db
def test_the_page_of_a_case_shows_goal_rung_and_experience(client, member):
    from nabij.commitments.tests.factories import log_in

    case, dossier = a_case(member, 1)
    make_paper(member, case, dossier)
    outcome = outcome_of(actor=actor_for(member), case=case)
    assert [(rung.done, rung.running) for rung in outcome.rungs] == [(0, 0), (1, 0), (0, 0), (0, 0), (0, 0)]
    text = log_in(client, member.worker).get(f"/outcomes/case/{case.ref}").content.decode()
    for words in ("Weer naar buiten", "Bereikt", "Luisterden wij goed naar u?", "overgetypt door Noor", "1 gedaan, 0 bezig"):
        assert words in text

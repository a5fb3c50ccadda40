"""Questions that are worded once: the same answers, and no value frozen in the wording."""

from datetime import date, timedelta

import pytest

from nabij.access.models import Membership, Worker
from nabij.access.tests.factories import make_member, make_team, make_worker
from nabij.core.worded import Numbers, ask, records

pytestmark = pytest.mark.django_db


def running(*, team_id, day):
    return Membership.objects.on(day).filter(team_id=team_id).order_by("pk").values_list("pk", "from_on")


def a_day_later(*, day):
    return Membership.objects.filter(from_on__lte=day + timedelta(1)).values_list("pk")


def with_worker(*, team_id):
    return Membership.objects.filter(team_id=team_id).select_related("worker").order_by("pk")


def some(*, ids):
    return Worker.objects.filter(pk__in=ids).order_by("pk").values_list("name")


def test_other_values_give_other_answers_in_the_same_words():
    here, there = make_team(), make_team()
    today = date(2026, 11, 3)
    for team in (here, there, here):
        expected = list(running(team_id=team.pk, day=today))
        assert ask(running, team_id=team.pk, day=today) == expected
    assert ask(running, team_id=here.pk, day=date(2019, 1, 1)) == []


def test_a_value_computed_from_a_given_value_is_refused():
    with pytest.raises(ValueError, match="give that value itself"):
        ask(a_day_later, day=date(2026, 11, 3))


def test_records_come_with_their_relations(django_assert_num_queries):
    team = make_team()
    member = make_member(team, name="Bas")
    with django_assert_num_queries(1):
        found = records(with_worker, team_id=team.pk)
        assert [row.worker.name for row in found] == ["Leonie", "Sam", "Bas"]
    assert found[-1] == member


def test_a_list_of_any_length_can_be_given():
    people = [make_worker(name) for name in ("An", "Bo", "Co")]
    assert ask(some, ids=Numbers([p.pk for p in people])) == [("An",), ("Bo",), ("Co",)]
    assert ask(some, ids=Numbers([people[1].pk])) == [("Bo",)]
    assert ask(some, ids=Numbers([])) == []

"""Take, hand over, another date, a pause, finish, open again: what is refused, in which words, and that it stays as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member
from nabij.commitments import actions
from nabij.commitments.clock import end_of
from nabij.commitments.models import Commitment, Kind, Pause
from nabij.core.errors import Refused

from .factories import make_task
from .rows import in_days, make_commitment

pytestmark = pytest.mark.django_db
NOW = timezone.now
FINISHED, ANSWER_FIRST = "Dit is al afgerond", "Beantwoord eerst deze overdracht"


def in_so_many(days):
    return timezone.localdate() + timedelta(days)


def rest(team, commitment, days=30):
    actor, words = (
        actor_for(team.lead),
        {"reason": "Wil rust", "agreed_with": "Mevrouw zelf", "sooner_if": "De huur blijft liggen"},
    )
    return actions.pause_commitment(
        actor=actor, at=actor.at, commitment=commitment, look_again_on=in_so_many(days), **words
    )


def stands(commitment):
    """Return how a commitment stands in the database, with its pauses."""
    rows = Commitment.objects.filter(pk=commitment.pk).values(
        "owner", "due_at", "taken_at", "closed_at", "outcome", "postponed", "version"
    )
    return rows.get(), list(Pause.objects.values_list("look_again_on", "ended_at"))


@pytest.mark.parametrize(
    ("verb", "kind", "why"),
    [
        ("take_commitment", Kind.HANDOVER, ANSWER_FIRST),
        ("hand_over", Kind.HANDOVER, ANSWER_FIRST),
        ("hand_over", Kind.CASE, "Draag de casus over op de pagina van de casus"),
    ],
)
def test_what_has_a_way_of_its_own_is_not_taken_or_handed_over_here(team, verb, kind, why):
    commitment = make_commitment(team.lead, kind=kind)
    before, more = stands(commitment), {"owner": team.lead_substitute} if verb == "hand_over" else {}
    with pytest.raises(Refused, match=why):
        getattr(actions, verb)(actor=actor_for(team.lead_substitute), at=NOW(), commitment=commitment, **more)
    assert stands(commitment) == before


def finish(team, task):
    return actions.finish_task(actor=actor_for(team.lead), at=NOW(), task=task.task)


@pytest.mark.parametrize("verb", ["finish_task", "hand_over", "set_date"])
def test_what_is_finished_is_not_finished_or_moved_again(team, verb):
    task = make_task(team.lead)
    finish(team, task)
    before = stands(task)
    fresh = Commitment.objects.get(pk=task.pk)
    facts = {
        "finish_task": {"task": fresh.task, "outcome": "not_needed"},
        "hand_over": {"commitment": fresh, "owner": team.lead_substitute},
        "set_date": {"commitment": fresh, "due_at": in_days(9)},
    }[verb]
    with pytest.raises(Refused, match=FINISHED):
        getattr(actions, verb)(actor=actor_for(team.lead), at=NOW(), **facts)
    assert stands(task) == before


def test_what_is_open_is_not_opened_again(team):
    task = make_task(team.lead)
    before = stands(task)
    with pytest.raises(Refused, match="Dit staat nog open"):
        actions.reopen_commitment(
            actor=actor_for(team.lead), at=NOW(), commitment=task, owner=team.lead_substitute, due_at=in_days(9)
        )
    assert stands(task) == before


@pytest.mark.parametrize("gone", ["blocked", "ended", "last day"])
def test_nothing_is_handed_to_who_does_not_work_here_any_more(team, gone):
    fields = {"ended": {"ended_at": NOW()}, "last day": {"until_on": in_so_many(-1)}}
    bo = make_member(team, name="Bo", **fields.get(gone, {}))
    bo.worker.blocked_at = NOW() if gone == "blocked" else None
    bo.worker.save()
    task = make_task(team.lead)
    before = stands(task)
    with pytest.raises(Refused, match="Bo werkt niet meer in dit team") as refused:
        actions.hand_over(actor=actor_for(team.lead), at=NOW(), commitment=task, owner=bo)
    assert (refused.value.field, stands(task)) == ("owner", before)


def test_a_signal_does_not_rest_without_a_decision(team):
    signal = make_commitment(team.lead, kind=Kind.SIGNAL)
    before = stands(signal)
    with pytest.raises(Refused, match="Open het signaal"):
        rest(team, signal)
    assert stands(signal) == before


@pytest.mark.parametrize("days", [-1, 0])
def test_nothing_rests_until_a_day_that_is_not_after_today(team, days):
    task = make_task(team.lead)
    before = stands(task)
    with pytest.raises(Refused, match="Kies een datum na vandaag") as refused:
        rest(team, task, days)
    assert (refused.value.field, stands(task)) == ("look_again_on", before)


def test_what_rests_already_is_not_put_to_rest_again(team):
    task = make_task(team.lead)
    rest(team, task)
    before = stands(task)
    with pytest.raises(Refused, match="Hier doen we al even niets"):
        rest(team, task, 60)
    assert stands(task) == before


def test_what_does_not_rest_is_not_started_again(team):
    task = make_task(team.lead)
    before = stands(task)
    with pytest.raises(Refused, match="Er is niets dat stilstaat"):
        actions.end_pause(actor=actor_for(team.lead), at=NOW(), commitment=task, due_at=in_days(9))
    assert stands(task) == before


def test_what_is_finished_does_not_rest_any_more(team):
    task = make_task(team.lead)
    rest(team, task)
    finish(team, task)
    [(_day, ended_at)] = stands(task)[1]
    assert ended_at == Commitment.objects.get(pk=task.pk).closed_at


def test_a_later_date_without_contact_is_counted_and_an_earlier_one_is_not(team):
    task = make_task(team.lead, days=3)
    for days in (5, 9, 4):
        actions.set_date(actor=actor_for(team.lead), at=NOW(), commitment=task, due_at=in_days(days))
    assert stands(task)[0]["postponed"] == 2


@pytest.mark.parametrize(("ends", "last"), [(20, 20), (1, 1), (0, 1), (-4, 1)])  # a term that has passed leaves until tomorrow
def test_nothing_is_done_on_purpose_no_longer_than_until_a_term_of_law_ends(team, ends, last):
    commitment = make_task(team.lead)
    Commitment.objects.filter(pk=commitment.pk).update(term_at=end_of(in_so_many(ends)))
    commitment.refresh_from_db()
    before = stands(commitment)
    with pytest.raises(Refused) as refused:
        rest(team, commitment, days=last + 1)
    assert (refused.value.field, f"{in_so_many(last):%d-%m-%Y}" in str(refused.value)) == ("look_again_on", True)
    assert stands(commitment) == before
    assert rest(team, commitment, days=last).look_again_on == in_so_many(last)

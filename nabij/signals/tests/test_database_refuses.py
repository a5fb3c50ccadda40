"""The rule of the second person, broken on purpose in plain SQL. Runs on SQLite and on PostgreSQL."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_member
from nabij.commitments.models import Pause
from nabij.core.ids import new_ref
from nabij.signals.actions import decide, give_second_word
from nabij.signals.models import Decision

from .factories import MONDAY, make_signal

pytestmark = pytest.mark.django_db
ADD = (
    "INSERT INTO signals_decision (ref, version, signal_id, kind, state, reason, agreed_with, sooner_if, by_id, at, needs_second, second_id,"
    " second_words, feedback, feedback_text) VALUES (%s, 1, %s, %s, 'stands', 'x', '', '', %s, %s, %s, %s, '', 'none', '')"
)


@pytest.fixture
def unsafe(team):
    return make_signal(team, unsafe=True)


def run(sql, params=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql, params=()):
    with pytest.raises(IntegrityError):
        run(sql, params)


def row(signal, team, kind="answer", needs=False, second=None):
    return [new_ref(), signal.pk, kind, team.lead.worker_id, timezone.now(), needs, second]


@pytest.mark.parametrize("kind", ["answer", "nothing"])
def test_a_decision_of_one_person_about_danger_is_refused(unsafe, team, kind):
    refused(ADD, row(unsafe, team, kind))


def test_a_decision_that_asks_for_a_second_person_does_not_stand_without(unsafe, team):
    refused(ADD, row(unsafe, team, needs=True))


def test_nobody_is_their_own_second_person(unsafe, team):
    refused(ADD, row(unsafe, team, needs=True, second=team.lead.worker_id))


def test_a_waiting_decision_cannot_be_made_to_stand_by_one_person(unsafe, team):
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=unsafe, kind="answer", asks_support=False)
    refused("UPDATE signals_decision SET state = 'stands' WHERE signal_id = %s", [unsafe.pk])
    refused("UPDATE signals_decision SET state = 'stands', needs_second = %s WHERE signal_id = %s", [False, unsafe.pk])


@pytest.mark.parametrize("mark", ["unsafe", "about_child"])
def test_the_mark_that_asks_for_a_second_person_stays(team, mark):
    signal = make_signal(team, **{mark: True})
    refused(f"UPDATE signals_signal SET {mark} = %s WHERE commitment_id = %s", [False, signal.pk])
    run(f"UPDATE signals_signal SET {mark} = %s WHERE commitment_id = %s", [True, signal.pk])


@pytest.mark.parametrize("outcome", ["nothing", "answered"])
def test_danger_cannot_be_closed_around_the_decision(unsafe, team, outcome):
    close = "UPDATE commitments_commitment SET closed_at = %s, outcome = %s WHERE id = %s"
    refused(close, [timezone.now(), outcome, unsafe.pk])
    run(close, [timezone.now(), outcome, make_signal(team).pk])
    run(close, [timezone.now(), "case_opened", unsafe.pk])


def test_danger_cannot_be_paused_around_the_decision(unsafe):
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(
            commitment=unsafe.commitment, reason="x", agreed_with="x", sooner_if="x", look_again_on=MONDAY.date(), from_at=MONDAY
        )


def test_with_a_second_word_it_may_close(unsafe, team):
    actor = actor_for(team.lead, MONDAY)
    decision = decide(actor=actor, at=MONDAY, signal=unsafe, kind="nothing", reason="Loos", asks_support=False)
    give_second_word(actor=actor_for(make_member(team), MONDAY), at=MONDAY, decision=decision, agrees=True)
    assert Decision.objects.get().signal.commitment.outcome == "nothing"


def test_two_decisions_never_wait_at_once(unsafe, team):
    add = ADD.replace("'stands'", "'waiting'")
    run(add, row(unsafe, team, needs=True))
    refused(add, row(unsafe, team, needs=True))


def test_a_signal_sits_on_a_commitment_of_its_kind(team, unsafe):
    refused("UPDATE commitments_commitment SET kind = 'task' WHERE id = %s", [unsafe.pk])

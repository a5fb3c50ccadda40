"""Two colleagues with one signal at one moment: whatever the second wants, it sees what the first did."""

import pytest

from nabij.core.errors import Refused
from nabij.signals.actions import classify_signal, decide, reopen_signal
from nabij.signals.models import Decision
from tests.support.meanwhile import again, later, meanwhile

from .factories import MONDAY, make_signal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signal(noor):
    return make_signal(noor.team)


def answers(member, signal):
    return later(decide, member, MONDAY, signal=again(signal), kind="answer", asks_support=False)


def ends_of(signal):
    return signal.commitment.turns.exclude(outcome="").count()


def test_of_two_decisions_the_first_counts(noor, bo, signal):
    later(classify_signal, noor, MONDAY, signal=again(signal), asks_support=False)()
    other = later(decide, bo, MONDAY, signal=again(signal), kind="nothing", reason="Overlegd")
    refused = meanwhile(answers(noor, signal), other)
    assert (type(refused), Decision.objects.get().kind, ends_of(signal)) == (Refused, "answer", 1)


def test_what_was_answered_at_that_moment_becomes_no_report(noor, bo, signal):
    refused = meanwhile(answers(noor, signal), later(classify_signal, bo, MONDAY, signal=again(signal), asks_support=True))
    assert (type(refused), again(signal).asks_support, again(signal).commitment.term_at) == (Refused, False, None)


def test_a_signal_comes_back_once(noor, bo, signal):
    answers(noor, signal)()
    meanwhile(later(reopen_signal, noor, MONDAY, signal=again(signal)), later(reopen_signal, bo, MONDAY, signal=again(signal)))
    row = again(signal).commitment
    assert (row.is_open, row.turned_by, row.turns.count()) == (True, noor, 3)

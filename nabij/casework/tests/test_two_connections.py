"""Two colleagues work in one case at one moment: what the first ended is not ended again, and nothing is hung on it."""

from decimal import Decimal

import pytest
from django.utils import timezone

from nabij.casework.actions import (
    add_activity,
    ask_breakthrough,
    close_case,
    finish_activity,
    give_word,
    open_case,
    plan_age_review,
    record_death,
    reopen_case,
)
from nabij.casework.models import Activity, AgeReview, Case
from nabij.commitments.actions import set_date
from nabij.commitments.clock import end_of
from nabij.commitments.models import Commitment, Task
from nabij.core.errors import Refused
from nabij.residents.tests.factories import make_resident
from nabij.signals.actions import decide
from nabij.signals.tests.factories import MONDAY, make_signal
from tests.support.meanwhile import again, later, meanwhile

from .factories import make_case

pytestmark = pytest.mark.django_db(transaction=True)
END = {"results": {}, "resident_word": "Het gaat goed.", "reason": "Alles is gedaan."}
WALK = {"text": "Samen lopen", "rung": 1, "carrier": "De buurvrouw"}


@pytest.fixture
def case(noor):
    return make_case(noor, make_resident(noor.team, "Bakker", call_name="Rie").dossier)


@pytest.fixture
def walk(noor, case):
    return later(add_activity, noor, case=case, **WALK)()


def ends_of(row):
    """Return how often a commitment was finished, and with which outcome it stands."""
    return row.turns.exclude(outcome="").count(), again(row).outcome


def test_nothing_is_added_to_a_case_that_was_closed_at_that_moment(noor, bo, case):
    refused = meanwhile(later(close_case, noor, case=again(case), **END), later(add_activity, bo, case=again(case), **WALK))
    assert (type(refused), Activity.objects.count(), Commitment.objects.open().count()) == (Refused, 0, 0)


def test_no_case_is_opened_from_a_signal_that_was_answered_at_that_moment(noor, bo):
    signal, dossier = make_signal(noor.team), make_resident(noor.team, "Bakker").dossier
    answered = later(decide, noor, MONDAY, signal=again(signal), kind="answer", asks_support=False)
    refused = meanwhile(answered, later(open_case, bo, MONDAY, dossiers=[dossier], signal=again(signal)))
    assert (type(refused), Case.objects.count(), ends_of(signal.commitment)) == (Refused, 0, (1, "answered"))


def test_an_activity_is_finished_once(noor, bo, walk):
    refused = meanwhile(later(finish_activity, noor, activity=again(walk)), later(finish_activity, bo, activity=again(walk), outcome="not_done"))
    assert (type(refused), ends_of(walk.commitment)) == (Refused, (1, "done"))


def test_a_case_is_opened_again_once(noor, bo, case):
    later(close_case, noor, case=again(case), **END)()
    refused = meanwhile(later(reopen_case, noor, case=again(case)), later(reopen_case, bo, case=again(case)))
    assert (type(refused), case.commitment.turns.count()) == (Refused, 3)


def test_what_was_done_at_the_moment_somebody_is_written_down_as_dead_stays_done(noor, bo, case, walk):
    dies = later(record_death, bo, dossier=case.commitment.dossier, on=timezone.localdate())
    task = meanwhile(later(finish_activity, noor, activity=again(walk)), dies)
    assert (task.reason, ends_of(walk.commitment), ends_of(case.commitment)) == ("aftercare", (1, "done"), (1, "deceased"))


def test_two_runs_at_once_plan_one_look_at_rights(noor, case):
    plan = [later(plan_age_review, None, dossier=case.commitment.dossier, age=18, birthday=timezone.localdate()) for _run in range(2)]
    assert meanwhile(*plan) is None
    assert (AgeReview.objects.count(), Task.objects.count()) == (1, 1)


@pytest.fixture
def measure(noor, bo, case):
    return later(ask_breakthrough, noor, case=case, reason="De regels duren te lang.", amount=Decimal(900), peer=bo, **WALK)()


def test_of_two_words_about_a_measure_the_first_counts(noor, bo, measure):
    no = later(give_word, noor.team.lead, breakthrough=again(measure), agrees=False, words="De woningbouw betaalt dit.")
    refused = meanwhile(later(give_word, bo, breakthrough=again(measure), agrees=True), no)
    assert (type(refused), again(measure).state, again(measure.commitment).owner) == (Refused, "agreed", noor)


def test_a_word_and_another_date_at_one_moment_are_both_counted(noor, bo, measure):
    before = again(measure.commitment).version
    move = later(set_date, bo, commitment=again(measure.commitment), due_at=end_of(timezone.localdate()))
    meanwhile(move, later(give_word, bo, breakthrough=again(measure), agrees=True))
    assert (again(measure.commitment).version, again(measure.commitment).owner) == (before + 2, noor)

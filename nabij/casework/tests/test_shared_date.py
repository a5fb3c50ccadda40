"""One plan, one date: what runs in a case moves along with it, unless it has a date of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_dossier
from nabij.casework.actions import add_activity, open_case
from nabij.commitments.actions import pause_commitment, set_date
from nabij.commitments.models import Commitment, Turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def case(noor, at):
    return open_case(actor=actor_for(noor, at), at=at, dossiers=[make_dossier(noor.team)], question="Rust.")


def add(noor, at, case, **fields):
    return add_activity(actor=actor_for(noor, at), at=at, case=case, text="Wandelen", rung=2, carrier="buurvrouw", **fields)


def test_an_activity_moves_with_the_case_and_its_history_says_so(noor, at, case):
    activity, own = add(noor, at, case), add(noor, at, case, due_at=at + timedelta(days=2))
    later = at + timedelta(days=30)
    set_date(actor=actor_for(noor, at), at=at, commitment=case.commitment, due_at=later)
    dates = [Commitment.objects.get(pk=one.pk).due_at for one in (activity, own)]
    assert dates == [later, at + timedelta(days=2)]
    assert list(Turn.objects.filter(commitment_id=activity.pk).order_by("id").values_list("due_at", "by_id"))[-1] == (later, noor.pk)


def test_doing_nothing_until_a_date_leaves_what_runs_alone_until_then(noor, at, case):
    activity = add(noor, at, case)
    day = timezone.localdate(at) + timedelta(days=20)
    pause_commitment(
        actor=actor_for(noor, at), at=at, commitment=case.commitment, reason="Eerst zelf.", agreed_with="mevrouw", look_again_on=day, sooner_if="Ze belt."
    )
    assert timezone.localdate(Commitment.objects.get(pk=activity.pk).due_at) == day


def test_a_finished_activity_keeps_its_date(noor, at, case):
    from nabij.casework.actions import finish_activity

    activity = add(noor, at, case)
    before = activity.commitment.due_at
    finish_activity(actor=actor_for(noor, at), at=at, activity=activity)
    set_date(actor=actor_for(noor, at), at=at, commitment=case.commitment, due_at=at + timedelta(days=30))
    assert Commitment.objects.get(pk=activity.pk).due_at == before

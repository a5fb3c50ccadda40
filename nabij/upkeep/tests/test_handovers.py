"""What the sweep does for handovers: the last day that passed, and questions that nobody answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.actor import worker_actor
from nabij.access.tests.factories import actor_for, make_dossier, make_grant
from nabij.commitments.actions import stand_in
from nabij.commitments.models import Commitment
from nabij.handover.actions import accept_item
from nabij.handover.tests.factories import left_of, make_handover, make_item, make_residents
from nabij.upkeep.sweep import sweep

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_the_last_day_passes_the_sweep_moves_it_all_and_ends_the_place(team, noor, bo):
    today, day = timezone.localdate(), timedelta(days=1)
    cases = make_residents(noor, "Riet", "Wim")
    make_handover(noor)
    item = make_item(cases[0], bo)
    stand_in(actor=actor_for(bo), at=now(), membership=bo, substitute=noor, from_on=today, until_on=today + 9 * day)
    make_grant(make_dossier(team, restricted=True), noor.worker, kind="restricted")
    sweep(at=now() + day)
    noor.refresh_from_db()
    assert noor.ended_at is not None
    assert Commitment.objects.open().filter(owner=noor).count() == 0
    assert left_of(noor) == {"owned": 2}
    accept_item(actor=worker_actor(bo.worker, at=now() + day).again(), at=now() + day, item=item)
    assert left_of(noor) == {"owned": 1}


def test_the_sweep_puts_back_what_nobody_answered(team, noor, bo):
    [case] = make_residents(noor, "Riet")
    make_handover(noor, days=30)
    item = make_item(case, bo)
    findings = {f.code: f.repaired for f in sweep(at=now() + timedelta(days=6))}
    item.refresh_from_db()
    assert (findings["handover"], item.commitment.outcome) == (1, "unanswered")
    assert {f.code: f.repaired for f in sweep(at=now() + timedelta(days=6))}["handover"] == 0

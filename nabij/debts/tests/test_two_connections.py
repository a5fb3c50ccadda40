"""An attempt at the moment a colleague finishes it: written down, and nothing of what is finished moves."""

import pytest
from django.utils import timezone

from nabij.access.tests.factories import make_member, make_team
from nabij.debts.actions import record_attempt
from nabij.debts.models import Debt, DebtAttempt
from nabij.partners.tests.factories import make_partner
from nabij.signals.actions import decide
from nabij.signals.tests.factories import make_signal
from tests.support.meanwhile import again, later, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_attempt_moves_no_date_of_what_was_finished_at_that_moment():
    noor, now = make_member(make_team(), name="Noor"), timezone.now()
    signal = make_signal(noor.team, at=now, channel="debt")
    facts = {"digest": "a", "reference": "K1", "surname": "Bakker", "amount": 100, "basis": "Wgs art. 3 lid 1 onder b"}
    debt = Debt.objects.create(signal=signal, partner=make_partner(noor.team.municipality), signalled_on=timezone.localdate(), **facts)
    finish = later(decide, noor.team.lead, signal=again(signal), kind="nothing", reason="Al betaald", asks_support=False)
    attempt = meanwhile(finish, later(record_attempt, noor, debt=again(debt), medium="visit", reached=False, happened_at=now))
    turns = [turn.outcome for turn in signal.commitment.turns.order_by("id")]
    assert (attempt, turns) == (DebtAttempt.objects.get(), ["", "nothing"])

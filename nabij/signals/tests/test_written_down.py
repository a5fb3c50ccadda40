"""Who took a signal in, and who read one that is about nobody yet, is written down; nothing for now is a decision, not a date."""

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.tests.factories import actor_for
from nabij.audit.models import Entry
from nabij.commitments.actions import pause_commitment
from nabij.commitments.tests.factories import log_in
from nabij.core.errors import Refused
from nabij.signals.actions import receive_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def signal(noor):
    at = timezone.now()
    return receive_signal(
        actor=actor_for(noor, at), at=at, channel="phone", about="place", words="Veel lawaai.", place="Plein", team=noor.team, reporter=None
    ).signal


def test_the_entry_of_a_new_signal_names_it(noor, signal):
    entry = Entry.objects.get(verb="signals.receive")
    assert (entry.subject, entry.actor_id) == (f"signal {signal.ref}", noor.worker_id)


def test_reading_a_signal_about_a_street_is_written_down(client, noor, signal):
    log_in(client, noor.worker).get(reverse("signals:signal", args=[signal.ref]))
    assert Entry.objects.get(verb="signals.signal").subject == f"signal {signal.ref}"


def test_a_signal_does_not_rest_without_a_decision(noor, signal):
    at = timezone.now()
    with pytest.raises(Refused):
        pause_commitment(
            actor=actor_for(noor, at), at=at, commitment=signal.commitment, reason="x", agreed_with="y", look_again_on=at.date(), sooner_if="z"
        )

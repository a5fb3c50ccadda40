"""Two colleagues decide at the same moment, each with a connection of their own."""

import threading

import pytest
from django.db import connection

from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.core.errors import Refused
from nabij.post.models import Outgoing
from nabij.signals.actions import decide
from nabij.signals.models import Decision, Signal

from .factories import MONDAY, REPORTER, make_signal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", ["answer", "nothing"])
def test_one_decision_counts_and_the_reporter_gets_one_mail(kind):
    team = make_team()
    signal = make_signal(team, reporter=REPORTER)
    actors = [actor_for(make_member(team, name=name), MONDAY) for name in ("Noor", "Bo")]
    met, said = threading.Barrier(2, timeout=10), []

    def play(actor):
        mine = Signal.objects.select_related("commitment__team").get(pk=signal.pk)
        met.wait()
        try:
            decide(actor=actor, at=MONDAY, signal=mine, kind=kind, reason="Overlegd", asks_support=False)
            said.append("decided")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["decided", "refused"]
    assert (Decision.objects.count(), Outgoing.objects.count()) == (1, 1)

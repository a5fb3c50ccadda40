"""Two press "I take this" at the same moment: one gets it, the other is told who."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nabij.access.tests.factories import make_member, make_team
from nabij.commitments.models import Commitment, Turn

from .factories import log_in
from .rows import make_commitment

pytestmark = pytest.mark.django_db(transaction=True)


def press_together(commitment, members) -> dict[str, str]:
    """Let each of them press the button at the same moment, on a connection of their own; return what each was told."""
    ready, told = threading.Barrier(len(members), timeout=60), {}
    clients = {member.worker.name: log_in(Client(), member.worker) for member in members}

    def press(name, client):
        try:
            ready.wait()
            client.post(reverse("commitments:take", args=[commitment.ref]), {"request_id": name * 8, "next": "/"})
            told[name] = client.get("/").content.decode()
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in clients.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


@pytest.mark.parametrize("attempt", range(3))
def test_one_gets_it_and_the_others_are_told_who(attempt):
    team = make_team()
    members = [make_member(team, name=name) for name in ("Noor", "Bo", "Pim")]
    commitment = make_commitment(team.lead)
    Commitment.objects.filter(pk=commitment.pk).update(taken_at=None)
    told = press_together(commitment, members)
    winner = Commitment.objects.get(pk=commitment.pk).owner.worker.name
    assert {name for name, page in told.items() if "Je hebt dit opgepakt" in page} == {winner}
    assert {name for name, page in told.items() if f"{winner} heeft dit al opgepakt" in page} == set(told) - {winner}
    assert Turn.objects.filter(commitment=commitment, owner__worker__name__in=told).count() == 1

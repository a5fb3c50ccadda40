"""Assigning and ending in two transactions at once never makes an orphan."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from nabij.access.models import Membership
from nabij.access.tests.factories import make_dossier, make_member, make_team
from nabij.commitments.models import Commitment

from .rows import make_commitment

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(first, second):
    """Run two writers in threads with a connection each, both held inside their transaction until the other has begun."""
    met = threading.Barrier(2, timeout=3)
    outcome = {}

    def play(name, write):
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    met.wait()  # both transactions are open; SQLite lets only one in at a time
                write()
                if connection.vendor == "postgresql":
                    threading.Event().wait(0.2)
            outcome[name] = "done"
        except (IntegrityError, OperationalError) as error:
            outcome[name] = str(error).split("\n", maxsplit=1)[0]
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=pair) for pair in (("assign", first), ("end", second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcome


@pytest.mark.parametrize("attempt", range(6))
def test_assigning_to_somebody_who_leaves_at_the_same_moment(attempt):
    team = make_team()
    noor, bo = make_member(team, name="Noor"), make_member(team, name="Bo")
    open_one = make_commitment(noor, make_dossier(team))

    def assign():
        Commitment.objects.filter(pk=open_one.pk).update(owner=bo)

    def end():
        Membership.objects.filter(pk=bo.pk).update(ended_at=timezone.now())

    outcome = at_once(assign, end)
    assert sorted(value == "done" for value in outcome.values()) == [False, True]
    open_one.refresh_from_db()
    assert open_one.owner.ended_at is None


def test_the_message_says_what_is_wrong():
    team = make_team()
    noor = make_member(team)
    make_commitment(noor, make_dossier(team))
    with pytest.raises(IntegrityError, match="a membership cannot end while it owns something"), transaction.atomic():
        Membership.objects.filter(pk=noor.pk).update(ended_at=timezone.now())

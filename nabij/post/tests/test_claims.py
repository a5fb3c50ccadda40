import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from nabij.access.actor import system_actor
from nabij.access.tests.factories import make_team
from nabij.post.actions import claim_due
from nabij.post.delivery import send_due
from nabij.post.models import Incoming

from .factories import make_outgoing, raw_mail, receive

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, count=4):
    """Run the same work in several threads, each with a connection of its own."""
    start, results, problems = threading.Barrier(count), [], []

    def one():
        try:
            start.wait()
            results.append(work())
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    return results


def test_four_senders_at_once_claim_each_mail_once():
    made = {make_outgoing(AT).pk for _number in range(40)}
    claimed = [
        mail.pk for mails in at_once(lambda: claim_due(actor=system_actor(at=AT), at=AT, limit=15)) for mail in mails
    ]
    assert len(claimed) == len(set(claimed)) == 40
    assert set(claimed) == made


def test_four_senders_at_once_send_each_mail_once(mail_server):
    for number in range(12):
        make_outgoing(AT, to=f"buur{number}@post.example")
    assert sum(at_once(lambda: send_due(at=AT, limit=5)), Counter()) == Counter(sent=12)
    assert Counter(message["X-Envelope-To"] for message in mail_server.messages) == Counter(
        {f"buur{n}@post.example": 1 for n in range(12)}
    )


def test_a_message_that_arrives_at_four_doors_at_once_is_stored_once():
    team, raw = make_team(), raw_mail()
    if connection.vendor == "sqlite":  # one writer at a time: each sees what the one before stored
        assert len({row.pk for row in at_once(lambda: receive(team, AT, raw))}) == 1
    else:
        at_once_or_refused(team, raw)
    assert Incoming.objects.count() == 1


def at_once_or_refused(team, raw):
    """On PostgreSQL the database lets one through; a later run of the others finds it."""
    from django.db import IntegrityError

    def work():
        try:
            return receive(team, AT, raw).pk
        except IntegrityError:
            return receive(team, AT, raw).pk

    assert len(set(at_once(work))) == 1

"""Small, plain makers of signals for tests."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.test import Client

from nabij.access.actor import Actor, system_actor
from nabij.access.models import Membership, Team
from nabij.signals.actions import Receipt, receive_signal
from nabij.signals.models import Signal

# a Monday morning; the week after holds no public holiday
MONDAY = datetime(2026, 6, 15, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
REPORTER = {"openness": "known", "name": "Buurvrouw Bep", "email": "bep@post.example", "phone": "0612345678"}


def receive(team: Team, *, at: datetime = MONDAY, actor: Actor | None = None, **fields: object) -> Receipt:
    """Take in a worry that reaches this team."""
    given = {"channel": "phone", "about": "person", "words": "De gordijnen zijn al dagen dicht.", "who": "Meneer Jansen", "team": team, **fields}
    return receive_signal(actor=actor or system_actor(at=at).again(), at=at, **given)


def make_signal(team: Team, **fields: object) -> Signal:
    return receive(team, **fields).signal


def log_in(client: Client, membership: Membership) -> Client:
    """Log in as this member with the second step done."""
    client.force_login(membership.worker, backend="nabij.access.web.login.WorkerBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client

import pytest

from nabij.access import doors
from nabij.access.actor import system_actor
from nabij.access.tests.factories import actor_for, make_dossier, make_grant
from nabij.post.models import Outgoing
from nabij.signals.actions import decide, erase_signals
from nabij.signals.models import Decision, Signal
from nabij.signals.queries import export_signals, status_of

from .factories import MONDAY, REPORTER, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(team):
    """A signal with a reporter, a file and a decision, about a resident."""
    dossier = make_dossier(team)
    make_grant(dossier, team.lead.worker)
    receipt = receive(team, reporter=REPORTER, words="Jansen roept", papers=[("Jansen.jpg", "image/jpeg", b"x")])
    decide(actor=actor_for(team.lead, MONDAY), at=MONDAY, signal=receipt.signal, kind="link", dossier=dossier, reason="Jansen weer", asks_support=False)
    return receipt, dossier


def erase(dossier) -> int:
    """Erase as the room that keeps the terms does: inside an action of its own."""
    token = doors._under_way.set("test")
    try:
        return erase_signals(actor=system_actor(at=MONDAY), at=MONDAY, dossier=dossier)
    finally:
        doors._under_way.reset(token)


@pytest.mark.parametrize(("openness", "name"), [("known", ""), ("open", "Buurvrouw Bep")])
def test_the_resident_reads_who_reported_only_with_the_reporters_yes(team, openness, name):
    dossier = make_dossier(team)
    receive(None, dossier=dossier, reporter={**REPORTER, "openness": openness}, actor=actor_for(team.lead, MONDAY))
    (row,) = export_signals(dossier=dossier)
    assert (row["reporter"], row["words"]) == (name, "De gordijnen zijn al dagen dicht.")
    assert "bep@post.example" not in str(row)


def test_erasing_leaves_a_row_without_anybody_in_it(linked):
    receipt, dossier = linked
    assert erase(dossier) == 1
    signal = Signal.objects.get()
    paper = signal.signal_papers.get().paper
    everything = [signal.words, signal.who, signal.place, signal.commitment.what, signal.reporter.name, signal.reporter.email, paper.name]
    everything += [Decision.objects.get().reason, Decision.objects.get().feedback_text, Outgoing.objects.get().to, Outgoing.objects.get().body]
    assert set(everything) <= {"", "—"}
    assert status_of(number=receipt.number, on=MONDAY.date()) == ""
    assert signal.commitment.outcome == "linked"


def test_a_signal_about_somebody_else_stays(team, linked):
    other = receive(team).signal
    erase(linked[1])
    assert Signal.objects.get(pk=other.pk).words == "De gordijnen zijn al dagen dicht."

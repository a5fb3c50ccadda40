"""A believable day for tests and pictures: residents with promises, contacts, signals and things to mind. Made through the doors."""

from datetime import datetime, timedelta

from django.utils import timezone

from nabij.access.models import Membership, Team
from nabij.access.tests.factories import actor_for
from nabij.casework.actions import open_case
from nabij.commitments.actions import add_task, pause_commitment
from nabij.commitments.models import Commitment
from nabij.contacts.actions import record_contact
from nabij.residents.actions import add_safety_note, create_resident
from nabij.residents.models import Resident
from nabij.signals.actions import receive_signal
from nabij.signals.models import Signal

NAMES = [
    ("Annie", "", "Kroon"), ("Yusuf", "", "Demir"), ("Wim", "van der", "Berg"), ("Fatima", "el", "Amrani"), ("Gerda", "", "Smit"),
    ("Henk", "de", "Boer"), ("Malika", "", "Bouzid"), ("Piet", "van", "Dam"), ("Sofia", "", "Kowalska"), ("Joop", "", "Visser"),
]  # fmt: skip
PROMISES = ["Bellen over de huur", "Meegaan naar de huisarts", "Koffie en kijken hoe het gaat", "Formulier samen invullen", "Kijken of de hulp is begonnen"]


def ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def make_person(owner: Membership, number: int = 0, *, days_known: float = 60, **fields: object) -> Resident:
    """Return a resident with an address and a telephone number, known for so many days."""
    call, prefix, surname = NAMES[number % len(NAMES)]
    at = ago(days_known)
    name = {"call_name": call, "prefix": prefix, "surname": surname, "birth_year": 1940 + number % 60}
    address = {"street": "Gorslaan", "number": str(number + 1), "postcode": "1441 AB", "place": "Waterdam"}
    facts = {"address": address, "phone": "06 1234 5678", **name, **fields}
    return create_resident(actor=actor_for(owner, at), at=at, team=owner.team, **facts)


def make_case(owner: Membership, person: Resident, *, days: float = 3, opened: float = 30) -> Commitment:
    """Return the commitment of a case that was opened so many days ago and is due in so many days."""
    at = ago(opened)
    case = open_case(actor=actor_for(owner, at), at=at, dossiers=[person.dossier], due_at=timezone.now() + timedelta(days=days))
    return case.commitment


def make_contact(owner: Membership, person: Resident, *, days: float = 2, reached: bool = True, words: str = "Het gaat redelijk.", audience: str = "team"):
    """Record a contact of so many days ago."""
    at = ago(days)
    texts = {person.pk: (audience, words)}
    return record_contact(actor=actor_for(owner, at), at=at, dossiers=[person.dossier], medium="phone", reached=reached, happened_at=at, texts=texts)


def make_signal(team: Team, words: str = "De gordijnen zijn al dagen dicht.", who: str = "Mevrouw op nummer 12", **fields: object) -> Signal:
    """Let a colleague of this team write down a worry."""
    actor = actor_for(team.lead_substitute)
    return receive_signal(actor=actor, at=actor.at, channel="phone", about="person", words=words, who=who, municipality=team.municipality, team=team, **fields).signal


def make_pause(owner: Membership, commitment: Commitment, *, days: int = 30, decided: float = 5) -> None:
    """Decide so many days ago to do nothing until so many days from now (below zero: it woke)."""
    at, actor = ago(decided), actor_for(owner, ago(decided))
    day = timezone.localdate() + timedelta(days=days)
    words = {"reason": "Wil eerst zelf proberen.", "agreed_with": "De inwoner", "sooner_if": "De huur blijft liggen."}
    pause_commitment(actor=actor, at=at, commitment=commitment, look_again_on=day, **words)


def make_day(owner: Membership, count: int) -> list[Commitment]:
    """Return a list of cases, each of another resident, of every band in turn; every third resident has a task besides."""
    made = []
    for number in range(count):
        person = make_person(owner, number)
        made.append(make_case(owner, person, days=[-3, 0.2, 2, 5, 12][number % 5], opened=20))
        if number % 4:
            make_contact(owner, person, days=50 if number % 4 == 1 else 4)
        if number % 5 == 0:
            facts = {"fact": "Hond bijt.", "what_to_do": "Bel eerst, dan doet hij de hond weg", "review_on": timezone.localdate() + timedelta(90)}
            actor = actor_for(owner)
            add_safety_note(actor=actor, at=actor.at, dossier=person.dossier, **facts)
        if number % 3 == 0:
            actor = actor_for(owner)
            due_at = timezone.now() + timedelta(days=6)
            add_task(actor=actor, at=actor.at, what=PROMISES[number % len(PROMISES)], owner=owner, due_at=due_at, dossier=person.dossier)
    return made

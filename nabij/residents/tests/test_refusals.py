"""What the keeping of a dossier refuses, with the words that people read, and that nothing is written then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.actor import system_actor
from nabij.access.tests.factories import actor_for, make_dossier
from nabij.core.errors import Absent, Refused
from nabij.residents import actions
from nabij.residents.models import Address, Away, ContactWay, ParentalAuthority, Representative, Resident, SafetyNote
from nabij.residents.queries import header_of
from nabij.residents.queries.parts import dossier_at

from .factories import make_resident

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
HOLIDAY = {"kind": "holiday", "from_on": TODAY, "until_on": TODAY + DAY}
KEPT = (Address, Away, ContactWay, ParentalAuthority, Representative, SafetyNote)


@pytest.fixture
def resident(team) -> Resident:
    return make_resident(team, call_name="Jan")


def do(team, action, **facts: object):
    actor = actor_for(team.lead)
    return action(actor=actor, at=actor.at, **facts)


@pytest.mark.parametrize(
    ("act", "facts", "words", "field"),
    [
        ("add_authority", {"holder_name": " ", "from_on": TODAY}, "Schrijf op wie het gezag heeft.", "holder_name"),
        (
            "add_representative",
            {"kind": "mentor", "name": " ", "from_on": TODAY},
            "Schrijf op wie voor deze persoon optreedt.",
            "name",
        ),
        ("set_away", HOLIDAY | {"until_on": TODAY - DAY}, "De laatste dag ligt voor de eerste dag.", "until_on"),
        (
            "set_away",
            HOLIDAY | {"from_on": TODAY - 9 * DAY, "until_on": TODAY - DAY},
            "Deze tijd is al voorbij. Kies een laatste dag vanaf vandaag.",
            "until_on",
        ),
        (
            "set_away",
            HOLIDAY | {"until_on": TODAY + 367 * DAY},
            "Kies een laatste dag binnen een jaar. Daarna kun je het opnieuw noteren.",
            "until_on",
        ),
        (
            "add_address",
            {"street": "Dorpsstraat", "until_on": TODAY - DAY},
            "De laatste dag ligt voor de eerste dag.",
            "until_on",
        ),
        (
            "add_contact_way",
            {"kind": "email", "value": "jan.post.example"},
            "Dit is geen e-mailadres. Het ziet eruit als naam@voorbeeld.nl.",
            "value",
        ),
    ],
)
def test_what_is_half_or_cannot_be_is_refused_beside_its_field(team, resident, act, facts, words, field) -> None:
    with pytest.raises(Refused) as refused:
        do(team, getattr(actions, act), dossier=resident.dossier, **facts)
    assert (refused.value.message, refused.value.field) == (words, field)
    assert [kept for kept in KEPT if kept.objects.exists()] == []


def test_who_is_known_is_not_made_known_again(team, resident) -> None:
    with pytest.raises(Refused, match=r"Het is al bekend wie dit is\. Wijzig dan de namen\."):
        do(team, actions.mark_known, resident=resident, surname="Bakker")
    resident.refresh_from_db()
    assert resident.surname == "Vries"


def test_who_is_back_does_not_come_back_again(team, resident) -> None:
    away = do(team, actions.set_away, dossier=resident.dossier, **HOLIDAY)
    do(team, actions.end_away, away=away)
    with pytest.raises(Refused, match=r"Deze tijd was al voorbij\."):
        do(team, actions.end_away, away=away)
    assert Away.objects.get().version == 2


def test_a_safety_note_has_an_author_or_is_not_written(resident) -> None:
    actor = system_actor(at=timezone.now())
    note = {"fact": "Hond beet", "what_to_do": "Bel eerst", "review_on": TODAY + 30 * DAY}
    with pytest.raises(Absent):
        actions.add_safety_note(actor=actor, at=actor.at, dossier=resident.dossier, **note)
    assert SafetyNote.objects.count() == 0


def test_a_dossier_without_a_resident_has_no_head_and_no_parts(team) -> None:
    dossier, actor = make_dossier(team), actor_for(team.lead)
    with pytest.raises(Absent):
        header_of(actor=actor, dossier=dossier)
    with pytest.raises(Absent):
        dossier_at(actor=actor, ref=dossier.ref)

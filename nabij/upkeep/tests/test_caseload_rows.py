"""One row of a caseload: what is refused, with the words beside the column, and who does not come by a file."""

from datetime import date

import pytest
from django.utils import timezone

from nabij.access.models import Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.casework.models import Case
from nabij.core.errors import Absent, Refused
from nabij.residents.models import Resident
from nabij.residents.tests.factories import make_resident
from nabij.upkeep.actions.erasing import erase_dossier
from nabij.upkeep.actions.importing import import_resident
from nabij.upkeep.caseload.reading import read_sheet
from nabij.upkeep.caseload.rows import read_intake

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 15)
GOOD = {"surname": "Bakker", "birth": "4-7-1951", "worker": "noor@nabij.example"}


@pytest.fixture
def noor():
    return make_member(make_team(name="Team Gors"), name="Noor")


@pytest.fixture
def people(noor):
    team = make_team(noor.team.municipality, name="Team Dorp")
    kees = [make_member(noor.team, name="Kees")]
    kees.append(make_member(team, worker=kees[0].worker))
    return {
        "noor@nabij.example": [noor],
        "anja@nabij.example": [make_member(noor.team, Role.ADMINISTRATOR, "Anja")],
        "kees@nabij.example": kees,
    }


def read(people, on=ON, **fields):
    return read_intake(fields={**GOOD, **fields}, people=people, on=on)


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({"surname": "", "initials": "J."}, "Er is geen naam: vul achternaam of roepnaam in.", "surname"),
        ({"worker": ""}, "Er is geen medewerker: vul het e-mailadres van het aanspreekpunt", "worker"),
        ({"worker": "niemand@nabij.example"}, "Niemand met het adres niemand@nabij.example werkt hier nu.", "worker"),
        ({"team": "Team Nergens"}, "noor@nabij.example werkt niet in het team Team Nergens.", "team"),
        ({"worker": "anja@nabij.example"}, "anja@nabij.example heeft een functie waarin je geen aanspreek", "worker"),
        ({"worker": "kees@nabij.example"}, "kees@nabij.example werkt in meer teams. Vul de kolom team in.", "team"),
        ({"secret": "misschien"}, "Schrijf ja of nee onder geheim adres, niet misschien.", "secret"),
        ({"next_on": "volgende week"}, "De volgende datum volgende week is niet te lezen.", "next_on"),
        ({"next_on": "6-2026"}, "De volgende datum 6-2026 is niet te lezen. Schrijf 31-12-2026.", "next_on"),
        ({"next_on": "14-6-2026"}, "De volgende datum 14-6-2026 is voorbij. Kies vandaag of later", "next_on"),
    ],
)
def test_a_row_that_cannot_be_read_says_why_beside_its_column(people, fields, words, field) -> None:
    with pytest.raises(Refused) as refused:
        read(people, **fields)
    assert (refused.value.message.startswith(words), refused.value.field) == (True, field), refused.value.message


def test_who_works_in_several_teams_is_found_by_the_team(people) -> None:
    assert read(people, worker="kees@nabij.example", team="team dorp").owner == people["kees@nabij.example"][1]


def test_a_file_that_is_not_there_is_said_so(tmp_path) -> None:
    with pytest.raises(Refused, match=r"Er is geen bestand .*nergens\.csv"):
        read_sheet(path=tmp_path / "nergens.csv")


def test_an_administrator_takes_nothing_over_for_another_municipality(people) -> None:
    actor = actor_for(make_member(make_team(name="Elders"), Role.ADMINISTRATOR, "Ada"))
    with pytest.raises(Absent):
        import_resident(actor=actor, at=actor.at, intake=read(people))
    assert (Resident.objects.count(), Case.objects.count()) == (0, 0)


def test_who_was_erased_does_not_come_back_by_a_file(noor, people) -> None:
    born = {"birth_year": 1951, "birth_month": 7, "birth_day": 4}
    dossier = make_resident(noor.team, "Bakker", **born).dossier
    officer = actor_for(make_member(noor.team, Role.PRIVACY_OFFICER, "Petra"))
    erase_dossier(actor=officer, at=officer.at, dossier=dossier, reason="verzoek")
    actor = actor_for(people["anja@nabij.example"][0])
    day = f"{timezone.localdate():%d-%m-%Y}"
    with pytest.raises(Refused, match=f"Deze persoon is hier gewist op {day} en komt niet door een bestand terug"):
        import_resident(actor=actor, at=actor.at, intake=read(people))
    assert (Resident.objects.count(), Case.objects.count()) == (1, 0)

"""Writing down a resident."""

import pytest
from django.db import IntegrityError, transaction

from nabij.access.models import Dossier, Role
from nabij.access.tests.factories import actor_for, make_member, make_team
from nabij.core.errors import Absent, Refused
from nabij.linkage import unpack
from nabij.residents.actions import create_resident
from nabij.residents.models import Address, ContactWay, Resident, SearchKey, SearchLine

from .factories import make_resident

pytestmark = pytest.mark.django_db
HOME = {"street": "Dorpsstraat", "number": "14", "postcode": "1441ab", "place": "Purmerend"}


def line(resident: Resident) -> str:
    return SearchLine.objects.get(pk=resident.pk).line


def test_one_action_writes_dossier_names_address_telephone_and_keys() -> None:
    team = make_team()
    resident = make_resident(
        team,
        "van der Berg",
        initials="jm",
        call_name="Jan",
        birth_year=1951,
        birth_month=7,
        birth_day=4,
        address=HOME,
        phone="0612345678",
    )
    assert (resident.initials, resident.prefix, resident.surname) == ("J.M.", "van der", "Berg")
    assert resident.display_name == "Jan van der Berg"
    assert resident.birth_text == "4-7-1951"
    assert Address.objects.get().line == "Dorpsstraat 14, 1441 AB Purmerend"
    assert ContactWay.objects.get().value == "06 12345678"
    found = unpack(line(resident))
    assert (found.surnames, found.prefix, found.givens, found.initials) == (("berg",), "vander", ("jan",), "jm")
    assert (found.birth, found.homes[0], found.phones) == ((1951, 7, 4), ("1441ab", "14", "dorpsstraat", "purmerend"), ("612345678",))
    assert SearchKey.objects.filter(dossier_id=resident.pk).count() == 10


def test_the_dossier_belongs_to_the_team_and_has_an_end() -> None:
    team = make_team()
    dossier = make_resident(team).dossier
    assert (dossier.team, dossier.controller, dossier.municipality, dossier.root) == (
        team,
        team.controller,
        team.municipality,
        dossier,
    )
    assert (dossier.erase_on - dossier.opened_at.date()).days in {730, 731}


def test_a_number_that_cannot_be_read_is_kept_as_it_was_typed() -> None:
    make_resident(make_team(), phone="bij de buren, 2x bellen")
    assert ContactWay.objects.get().value == "bij de buren, 2x bellen"


def test_a_wrong_postcode_is_refused_and_nothing_is_written() -> None:
    team = make_team()
    with pytest.raises(Refused) as refused:
        make_resident(team, address={**HOME, "postcode": "14AB"})
    assert refused.value.field == "postcode"
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    ("birth", "field"),
    [
        ({"birth_month": 7}, "birth_year"),
        ({"birth_year": 1951, "birth_day": 4}, "birth_month"),
        ({"birth_year": 1951, "birth_month": 2, "birth_day": 30}, "birth_day"),
        ({"birth_year": 2999}, "birth_year"),
        ({"birth_year": 1700}, "birth_year"),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused_beside_the_wrong_part(birth: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        make_resident(make_team(), **birth)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "birth", [{"birth_month": 7}, {"birth_year": 1951, "birth_day": 4}, {"birth_year": 1951, "birth_month": 13}]
)
def test_the_database_refuses_a_birth_date_with_a_hole(birth: dict) -> None:
    resident = make_resident(make_team())
    with pytest.raises(IntegrityError), transaction.atomic():
        Resident.objects.filter(pk=resident.pk).update(**birth)


def test_somebody_not_known_has_a_description_instead_of_a_name() -> None:
    resident = make_resident(make_team(), "", known=False, description="Man met hond bij de Gors")
    assert resident.display_name == "Man met hond bij de Gors"
    assert unpack(line(resident)).words == ("man", "met", "hond", "gors")


def test_a_known_person_needs_a_name_and_an_unknown_one_a_description() -> None:
    team = make_team()
    for fields in ({"known": True}, {"known": False}):
        with pytest.raises(Refused):
            make_resident(team, "", **fields)


def test_nobody_writes_somebody_down_in_another_team() -> None:
    team, other = make_team(), make_team()
    actor = actor_for(make_member(other))
    with pytest.raises(Absent):
        create_resident(actor=actor, at=actor.at, team=team, surname="Bakker")


def test_who_could_not_open_it_afterwards_is_given_access() -> None:
    team = make_team()
    outreach = make_member(team, Role.GGD, "Gea")
    resident = make_resident(team, by=outreach)
    assert list(Dossier.objects.visible_to(actor_for(outreach))) == [resident.dossier]
    assert resident.dossier.grants.get().kind == "casework"


def test_a_secret_address_stands_only_in_the_encrypted_column() -> None:
    resident = make_resident(make_team(), address={**HOME, "secret": True})
    address = Address.objects.get()
    assert (address.line, address.secret_text) == ("", "Dorpsstraat 14, 1441 AB Purmerend")
    assert unpack(line(resident)).homes == ()
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.update(street="Dorpsstraat")

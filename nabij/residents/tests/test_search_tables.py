"""The tables of search: the same rows whoever writes them, nothing left of who is gone, nothing readable in them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_team
from nabij.residents import actions
from nabij.residents.linkage import look_up, person_of, read_words, rebuild, write_many
from nabij.residents.models import Address, ContactWay, Resident, SearchKey, SearchLine, SearchVariant, SearchWord

from .factories import make_resident

pytestmark = pytest.mark.django_db
HOME = {"street": "Dorpsstraat", "number": "14", "postcode": "1441 AB", "place": "Purmerend"}
BORN = {"birth_year": 1951, "birth_month": 7, "birth_day": 4}
TABLES = {SearchKey: ("dossier_id", "key"), SearchLine: ("dossier_id", "line"), SearchWord: ("id", "count"), SearchVariant: ("variant", "word")}


def rows() -> dict[str, list]:
    return {table.__name__: sorted(table.objects.values_list(*columns)) for table, columns in TABLES.items()}


@pytest.fixture
def town():
    team = make_team()
    make_resident(team, "van der Berg-Jansen", call_name="Jan", given_names="Johannes Maria", initials="J.M.", address=HOME, phone="06 12345678", **BORN)
    make_resident(team, "Jansen", call_name="Ans", partner_surname="de Vries", address={**HOME, "secret": True}, birth_year=1951)
    make_resident(team, "", known=False, description="Man met hond bij de brug")
    return team


def test_writing_many_at_once_writes_what_the_actions_write(town) -> None:
    by_actions = rows()
    for table in TABLES:
        table.objects.all().delete()
    people = [
        (one.pk, person_of(one, Address.objects.filter(dossier=one.pk).order_by("pk"), ContactWay.objects.filter(dossier=one.pk)))
        for one in Resident.objects.order_by("pk")
    ]
    assert write_many(people, batch=2) == 3
    assert rows() == by_actions


def test_making_everything_anew_changes_nothing(town) -> None:
    before = rows()
    assert rebuild(on=timezone.localdate()) == 3
    assert rows() == before


def test_a_change_and_back_leaves_the_same_rows(town) -> None:
    before, resident = rows(), Resident.objects.get(call_name="Ans")
    for name in ("Zwartendijk", "Jansen"):
        actor = actor_for(town.lead)
        actions.change_names(actor=actor, at=actor.at, resident=resident, surname=name)
    assert rows() == before


def test_nobody_reads_a_name_from_keys_words_or_variants(town) -> None:
    for table, columns in ((SearchKey, ["id", "dossier_id", "key"]), (SearchWord, ["id", "count"]), (SearchVariant, ["id", "variant", "word"])):
        assert [field.attname for field in table._meta.fields if field.get_internal_type() not in {"BigIntegerField", "IntegerField"}] in ([], ["id"], ["id", "dossier_id"])
        assert sorted(columns) == sorted(field.attname for field in table._meta.fields)


def test_looking_up_takes_three_questions_whoever_is_found(town) -> None:
    counts = {}
    for words in ("jan van der berg 4-7-1951", "nobody at all", "", "jansen"):
        with CaptureQueriesContext(connection) as queries:
            look_up(read_words(words))
        counts[words] = len(queries)
    assert set(counts.values()) == {3}


@pytest.mark.parametrize(
    ("words", "surnames", "given"),
    [
        ("jan de vries", ["vries"], "jan"), ("de vries jan", ["vries"], "jan"), ("Vries, Jan", ["Vries"], "Jan"), ("jan vries", ["vries", "jan"], "jan"),
        ("Jan Pieter van der Berg-Bakker", ["Berg-Bakker"], "Jan Pieter"),
    ],
)  # fmt: skip
def test_surname_and_first_name_are_told_apart(words: str, surnames: list[str], given: str) -> None:
    readings = read_words(words)
    assert [reading.surname for reading in readings] == surnames
    assert readings[0].given_names == given


def test_an_address_in_the_words_is_read_as_one() -> None:
    [reading] = read_words("de vries jan, Burgemeester Kooimanweg 114, 1442 BX Purmerend, 4-7-1951, 06-12345678")
    assert (reading.street, reading.number, reading.postcode, reading.place) == ("Burgemeester Kooimanweg", "114", "1442BX", "Purmerend")
    assert (reading.birth_year, reading.phones) == (1951, ("06-12345678",))

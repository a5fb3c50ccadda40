"""Finding somebody in a file in memory: misspelt, turned around, by a few pieces, and nobody for a stranger."""

import random
from dataclasses import replace

import pytest

from nabij.linkage import DUTCH, Memory, Person, find, start_model, traits
from nabij.linkage.comparing import Scales
from nabij.linkage.finding import Counted, Lead, narrowed, spell
from nabij.linkage.frequencies import Frequencies

SURNAMES = [f"{one}{two}" for one in ("Berg", "Visser", "Molen", "Zand", "Kuiper", "Dijk", "Haven") for two in ("stra", "sma", "man", "huis", "veld", "ink")]
GIVEN = ["Johanna", "Maria", "Fatima", "Zeynep", "Pieter", "Willem", "Youssef", "Lucas", "Katarzyna"]


def somebody(draw: random.Random) -> Person:
    return Person(
        surname=draw.choice(SURNAMES), given_names=draw.choice(GIVEN), birth_year=draw.randint(1930, 2020), birth_month=draw.randint(1, 12),
        birth_day=draw.randint(1, 28), postcode=f"14{draw.randint(10, 60)}{draw.choice('ABCD')}{draw.choice('ABCD')}", number=str(draw.randint(1, 90)),
        street=f"{draw.choice(['Kerk', 'Dorps', 'Molen'])}straat", place="Purmerend",
    )  # fmt: skip


@pytest.fixture(scope="module")
def town() -> Memory:
    draw = random.Random(1)
    rare = Person(surname="Schaapmeijer", prefix="van der", given_names="Cornelia", birth_year=1951, birth_month=7, birth_day=4, postcode="1441AB", number="14")
    return Memory([traits(rare), *(traits(somebody(draw)) for _number in range(3000))])


@pytest.mark.parametrize(
    "asked",
    [
        Person(surname="Schaapmeijer", given_names="Cornelia"), Person(surname="Sgaapmeyer", given_names="Kornelia"),
        Person(surname="Schapmeijr", given_names="C"), Person(surname="Cornelia", given_names="Schaapmeijer"),
        Person(given_names="Cornelia", birth_year=1951, birth_month=4, birth_day=7), Person(surname="Schaapmeijer", birth_year=1961, birth_month=7, birth_day=4),
        Person(given_names="Cornelia", postcode="1441 AB", number="14"), Person(surname="v.d. Schaapmeier", initials="C.M."),
        Person(surname="Schaapmeijer", given_names="oCrnelia"),
    ],
)  # fmt: skip
def test_somebody_is_found_though_it_was_said_wrongly(town: Memory, asked: Person) -> None:
    best = find(traits(asked), town, start_model(), DUTCH)[0]
    assert best.id == 0


def test_a_stranger_is_nobody(town: Memory) -> None:
    stranger = Person(surname="Okonkwo", given_names="Chinedu", birth_year=1988, birth_month=2, birth_day=3)
    assert all(match.probability < 0.05 for match in find(traits(stranger), town, start_model(), DUTCH))


@pytest.mark.parametrize(("asked", "other"), [({"place": "Dorp19"}, {"place": "Dorp04"}), ({"given_names": "Kees"}, {"given_names": "Cornelis"})])
def test_a_word_that_nobody_asked_about_is_not_taken_for_rare(asked: dict[str, str], other: dict[str, str]) -> None:
    known = Person(surname="Bergstra", given_names="Kees", place="Dorp19")
    names = ["Kees", "Cornelis", *GIVEN]
    town = Memory([traits(Person(surname="Bergstra", given_names=names[at % 11], place=f"Dorp{at % 25:02d}")) for at in range(3000)])
    itself, alike, unsaid = (_weight(town, known, replace(known, **said)) for said in (asked, other, dict.fromkeys(other, "")))
    assert itself > alike
    assert alike < unsaid + 2


def _weight(town: Memory, asked: Person, other: Person) -> float:
    of, known = traits(asked), spell([traits(asked)], town, DUTCH)
    shares = Frequencies(town.size(), Counted(known.counts, town.token), known.near, start_model())
    return Scales(start_model(), shares).weigh(of, traits(other)).weight


def test_keys_that_lead_to_too_many_are_left_out_unless_there_is_nothing_else() -> None:
    assert narrowed({"rare": Lead(1.0, 5), "common": Lead(3.0, 9e5)}) == ({"rare": 1.0}, False)
    assert narrowed({"common": Lead(3.0, 9e5)}) == ({"common": 3.0}, True)

"""Weighing two persons: the same whichever comes first, in any order of words, and never less for more that agrees."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nabij.linkage import ENGLISH, Person, compare, keys, pack, traits, unpack
from nabij.linkage.levels import birth_level, prefix_level, word_level

NAMES = ["Jansen", "Janssen", "de Vries", "Vries", "van der Berg", "Bakker-Jansen", "El Idrissi", "Meijer", "Maier", "Şahin", "Kowalski"]
GIVEN = ["Jan", "Johannes", "Sanne", "Mohammed", "Mehmet", "Cornelia", "Kornelia", "J", "Anna Maria", ""]
EMPTY = Person()
PIECES = {
    "surname": st.sampled_from(["", *NAMES]), "given_names": st.sampled_from(GIVEN), "initials": st.sampled_from(["", "J", "S.M."]),
    "prefix": st.sampled_from(["", "van", "v.d.", "van der"]), "postcode": st.sampled_from(["", "1441 AB", "1441AC", "9999ZZ"]),
    "number": st.sampled_from(["", "14", "14a", "16"]), "street": st.sampled_from(["", "Dorpsstraat", "Dorpstraat", "Kerkweg"]),
    "place": st.sampled_from(["", "Purmerend", "Edam"]), "phones": st.sampled_from([(), ("06 12345678",), ("0299123456",)]),
    "emails": st.sampled_from([(), ("a@b.nl",), ("c@b.nl",)]), "birth_year": st.sampled_from([None, 1951, 1952]),
    "birth_month": st.sampled_from([None, 4, 7]), "birth_day": st.sampled_from([None, 4, 7]),
}  # fmt: skip
people = st.builds(Person, **PIECES)
# what can be added to both sides, so that it agrees
MORE = [
    {"phones": ("06 11111111",)}, {"emails": ("x@y.nl",)}, {"birth_year": 1980, "birth_month": 3, "birth_day": 9}, {"place": "Purmerend"},
    {"street": "Lindelaan", "number": "3"}, {"postcode": "1442 XX", "number": "3"}, {"surname": "Zwartendijk"}, {"given_names": "Wietske"},
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(people, people)
def test_the_weight_is_the_same_whichever_comes_first(one: Person, other: Person) -> None:
    assert compare(one, other).weight == pytest.approx(compare(other, one).weight, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(people, people, st.randoms())
def test_the_order_of_words_does_not_matter(one: Person, other: Person, draw) -> None:
    words = [*one.given_names.split(), "Pieternella", "Bep"]
    straight = replace(one, given_names=" ".join(words), initials="P")
    draw.shuffle(words)
    assert compare(replace(straight, given_names=" ".join(words)), other).weight == pytest.approx(compare(straight, other).weight)


@settings(max_examples=200, deadline=None)
@given(people, people, st.sampled_from(MORE))
def test_more_that_agrees_never_makes_it_less_likely(one: Person, other: Person, more: dict) -> None:
    free = {name: getattr(EMPTY, name) for name in more}
    without = compare(replace(one, **free), replace(other, **free))
    assert compare(replace(one, **more), replace(other, **more)).probability >= without.probability - 1e-12


@settings(max_examples=100, deadline=None)
@given(people)
def test_what_is_kept_on_one_line_is_read_back(one: Person) -> None:
    assert unpack(pack(traits(one))) == traits(one)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("jansen", "jansen", "same"), ("meijer", "maier", "sound"), ("philips", "filips", "sound"), ("schmidt", "smit", "sound"), ("visser", "vizzer", "sound"),
        ("jansen", "jansn", "near1"), ("bakker", "bkkaer", "near2"), ("jansen", "jans", "near2"), ("wilhelmina", "wil", "start"), ("jan", "piet", "other"),
    ],
)  # fmt: skip
def test_how_alike_two_dutch_words_are(one: str, other: str, level: str) -> None:
    from nabij.linkage import DUTCH

    assert word_level(one, other, DUTCH) == word_level(other, one, DUTCH) == level


def test_english_has_rules_of_its_own() -> None:
    assert word_level("knight", "night", ENGLISH) == "sound"
    assert ENGLISH.akin("william", "bill")
    assert traits(Person(street="12 Miller St"), ENGLISH).homes[0].street == "12millerstreet"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ((1951, 7, 4), (1951, 7, 4), "same"), ((1951, 7, 4), (1951, 4, 7), "swapped"), ((1951, 7, 4), (1961, 7, 4), "year"), ((1951, 7, 4), (1951, 7, 14), "day"),
        ((1951, 7, 4), (1951, 8, 4), "month"), ((1951, 7, 4), (1951, 0, 0), "part"), ((1951, 7, 4), (1980, 1, 1), "other"), ((1951, 7, 4), (0, 0, 0), ""),
    ],
)  # fmt: skip
def test_slips_in_a_birth_date(one, other, level: str) -> None:
    assert birth_level(one, other) == birth_level(other, one) == level


def test_a_prefix_may_be_short() -> None:
    assert [prefix_level(*pair) for pair in (("vd", "vander"), ("", ""), ("de", ""), ("de", "ten"))] == ["short", "both_none", "one_none", "other"]


def test_people_of_one_household_are_not_one_person() -> None:
    home = {"postcode": "1441 AB", "number": "14", "street": "Dorpsstraat", "place": "Purmerend", "surname": "Zwartendijk"}
    mother = Person(given_names="Anna", birth_year=1951, birth_month=7, birth_day=4, **home)
    son = Person(given_names="Daan", birth_year=1980, birth_month=3, birth_day=9, **home)
    assert compare(mother, son).probability < 0.01
    assert compare(mother, replace(mother, given_names="A")).probability > 0.95


def test_the_reasons_say_first_what_agrees() -> None:
    one = Person(surname="Meijer", given_names="Anna", birth_year=1951, birth_month=7, birth_day=4, postcode="1441AB")
    found = compare(one, replace(one, surname="Maier", postcode="9999ZZ"))
    assert found.reasons == ["achternaam klinkt hetzelfde", "zelfde voornaam", "zelfde geboortedatum", "andere postcode"]


def test_a_rare_name_says_more_than_a_common_one() -> None:
    from nabij.linkage import Frequencies, start_model

    shares = Frequencies(100_000, {("s", "jansen"): 900, ("s", "zwartendijk"): 2}, {}, start_model())
    common, rare = (compare(Person(surname=name), Person(surname=name), shares=shares).weight for name in ("Jansen", "Zwartendijk"))
    assert rare > common + 3


def test_keys_are_loose_and_hold_slips() -> None:
    one = Person(surname="de Vries", given_names="Jan", birth_year=1951, birth_month=7, birth_day=4, postcode="1441 AB", number="14a")
    assert {"s|s|vries", "si|s|vries|i", "sy|s|vries|1951", "g|g|jan", "d|1951|7|4", "p|1441ab", "h|1441ab|14"} == keys(one)

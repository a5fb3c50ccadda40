"""Names and dates, the Dutch way."""

from datetime import date

import pytest

from nabij.core.errors import Refused
from nabij.linkage.birthdays import Birth, age_on, check_birth, take_date
from nabij.linkage.dutch import phone_tail
from nabij.linkage.naming import split_surname, tidy_initials
from nabij.residents.models import NameOrder, Resident
from nabij.residents.reaching import tidy_phone, tidy_postcode

ANNA = {"call_name": "Anna", "prefix": "de", "surname": "Vries", "partner_prefix": "van den", "partner_surname": "Berg"}


@pytest.mark.parametrize(
    ("order", "name"),
    [
        (NameOrder.OWN, "Anna de Vries"),
        (NameOrder.PARTNER, "Anna van den Berg"),
        (NameOrder.PARTNER_OWN, "Anna van den Berg-de Vries"),
        (NameOrder.OWN_PARTNER, "Anna de Vries-van den Berg"),
    ],
)
def test_own_and_partners_name_stand_in_the_order_somebody_uses(order: str, name: str) -> None:
    assert Resident(**ANNA, name_order=order).display_name == name


def test_without_a_partners_name_the_own_name_stays() -> None:
    assert Resident(call_name="Anna", surname="Vries", name_order=NameOrder.PARTNER).display_name == "Anna Vries"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"initials": "J.M.", "surname": "Bakker"}, "J.M. Bakker"),
        ({"given_names": "Johanna Maria", "surname": "Bakker"}, "Johanna Bakker"),
        ({"surname": "Bakker"}, "Bakker"),
        ({"call_name": "Sjaan"}, "Sjaan"),
    ],
)
def test_a_name_is_as_full_as_it_is_known(fields: dict, name: str) -> None:
    assert Resident(**fields).display_name == name


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("van der Berg", ("van der", "Berg")),
        ("Van 't Hof", ("Van 't", "Hof")),
        ("in ’t Veld", ("in 't", "Veld")),
        ("de Vries", ("de", "Vries")),
        ("Vries", ("", "Vries")),
        ("El Idrissi", ("El", "Idrissi")),
        ("van", ("", "van")),
        ("Deventer van Hoorn", ("", "Deventer van Hoorn")),
    ],
)
def test_a_prefix_is_taken_from_the_surname(typed: str, parts: tuple[str, str]) -> None:
    assert split_surname(typed) == parts


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [("jm", "J.M."), ("J M", "J.M."), ("j.m.", "J.M."), ("Th.A.", "Th.A."), ("JPM", "J.P.M."), ("Ö", "Ö.")],
)
def test_initials_get_their_points(typed: str, tidy: str) -> None:
    assert tidy_initials(typed) == tidy


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("4-7-1951", Birth(1951, 7, 4)),
        ("04/07/1951", Birth(1951, 7, 4)),
        ("4.7.1951", Birth(1951, 7, 4)),
        ("4 juli 1951", Birth(1951, 7, 4)),
        ("4 Jul. 1951", Birth(1951, 7, 4)),
        ("04071951", Birth(1951, 7, 4)),
        ("19510704", Birth(1951, 7, 4)),
        ("1951-07-04", Birth(1951, 7, 4)),
        ("7-1951", Birth(1951, 7)),
        ("juli 1951", Birth(1951, 7)),
        ("31-2-1951", None),
        ("0612345678", None),
        ("1441 AB 14", None),
        ("jansen 1951", None),
    ],
)
def test_a_date_is_read_however_it_is_typed(typed: str, birth: Birth | None) -> None:
    assert take_date(f"Jan {typed} Bakker")[0] == birth


def test_an_age_is_counted_from_what_is_known() -> None:
    on = date(2026, 7, 3)
    assert age_on(year=1951, month=7, day=4, on=on) == 74
    assert age_on(year=1951, month=7, day=3, on=on) == 75
    assert age_on(year=1951, month=None, day=None, on=on) == 75
    assert age_on(year=None, month=None, day=None, on=on) is None


def test_a_birth_date_of_today_is_fine_and_of_tomorrow_is_not() -> None:
    check_birth(year=2026, month=7, day=3, on=date(2026, 7, 3))
    with pytest.raises(Refused):
        check_birth(year=2026, month=7, day=4, on=date(2026, 7, 3))


@pytest.mark.parametrize("part", ["year", "month", "day"])
def test_there_is_no_day_month_or_year_zero(part: str) -> None:
    with pytest.raises(Refused, match="Deze dag bestaat niet"):
        check_birth(**{"year": 1951, "month": 7, "day": 4, part: 0}, on=date(2026, 7, 3))


@pytest.mark.parametrize(
    ("typed", "tidy"), [("0612345678", "06 12345678"), ("+31 299 452 100", "0299 452 100"), ("+32 470 12 34 56", "+32 470 12 34 56"), ("112", "112"), ("bel Ans", "bel Ans")]
)  # fmt: skip
def test_a_telephone_number_is_tidied_or_left_alone(typed: str, tidy: str) -> None:
    assert tidy_phone(typed) == tidy


def test_a_number_is_found_by_its_tail_and_a_postcode_has_one_form() -> None:
    assert phone_tail("+31 6 12345678") == phone_tail("06-12345678") == "612345678"
    assert (tidy_postcode(" 1441ab "), tidy_postcode("")) == ("1441 AB", "")

"""A row is good, or everything that is wrong with it is said at once."""

from datetime import date
from decimal import Decimal

import pytest

from nabij.core.errors import Refused
from nabij.debts.checking import check_sheet
from nabij.debts.columns import read_sheet
from nabij.debts.rows import REASONS, amount_of, check_row, told
from nabij.debts.tests.factories import SPOILED, file_of, row
from nabij.partners.models import Partner

ON = date(2026, 11, 3)
DAY = "01-11-2026"


def partner() -> Partner:
    return Partner(name="Woonvereniging De Vliet", kind="landlord")


def checked(content: bytes):
    return list(check_sheet(sheet=read_sheet(content=content), partner=partner(), on=ON))


def good(number=1, **other):
    return row(number, **({"gemeld op": DAY} | other))


def test_a_good_row_gives_its_facts():
    (found,) = checked(file_of([good(telefoon="06-12 34 56 78", bedrag="1.312,50", crisis="ja")]))
    facts = found.facts
    assert found.is_good
    assert (facts["surname"], facts["phone"], facts["amount"], facts["threat"]) == ("Bakker", "0612345678", Decimal("1312.50"), "eviction")
    assert (facts["postcode"], facts["number"], facts["signalled_on"]) == ("1442AB", "2", date(2026, 11, 1))


@pytest.mark.parametrize(("code", "change"), SPOILED, ids=[code for code, _change in SPOILED])
def test_every_way_to_be_wrong_is_named_with_its_line(code, change):
    found = checked(file_of([good(1), good(2, **change), good(3)]))
    assert [one.is_good for one in found] == [True, False, True]
    assert (found[1].line, code in {reason[0] for reason in found[1].reasons}) == (3, True)
    assert "%" not in told(found[1].reasons[0])


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    (found,) = checked(file_of([good(1, naam="", bedrag="veel", postcode="x", crisis="misschien")]))
    assert {reason[0] for reason in found.reasons} == {"no_name", "amount_form", "postcode_form", "threat_form"}


def test_the_same_reference_and_day_twice_names_the_first_line():
    found = checked(file_of([good(1), good(2), good(1)]))
    assert [one.reasons for one in found] == [(), (), (("double", "2"),)]


def test_a_quotation_mark_that_is_not_closed_spoils_one_line_only():
    lines = file_of([good(1), good(2), good(3)]).decode().split("\r\n")
    lines[2] = lines[2].replace("Kerkstraat", '"Kerkstraat')
    found = checked("\r\n".join(lines).encode())
    assert [one.is_good for one in found] == [True, False, True]
    assert found[1].reasons == (("quote", ""),)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding_and_separator_reads_the_same(separator, encoding):
    (found,) = checked(file_of([good(1, naam="Müller", bedrag="312.50")], separator=separator, encoding=encoding))
    assert (found.reasons, found.facts["surname"], found.facts["amount"]) == ((), "Müller", Decimal("312.50"))


def test_columns_may_stand_in_any_order_with_other_names_and_capitals():
    head = ["BEDRAG", "Postcode", "Achternaam", "HuisNummer", "Klantnummer", "Gemeld op", "Opmerking"]
    content = "\n".join([";".join(head), "99,95;1441ab;Jansen;12a;K-1;2026-11-01;bel niet"]).encode()
    sheet = read_sheet(content=content)
    (found,) = check_sheet(sheet=sheet, partner=partner(), on=ON)
    assert (found.reasons, found.facts["amount"], sheet.unused) == ((), Decimal("99.95"), ("Opmerking",))


def test_the_number_may_stand_behind_the_street():
    (found,) = checked(file_of([good(1, adres="Laan van Noord 12 b", huisnummer="")]))
    assert (found.facts["street"], found.facts["number"]) == ("Laan van Noord", "12 b")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "niets in dit bestand"),
        (b"PK\x03\x04zip", "Excel"),
        (b"kenmerk;naam;bedrag\nA;B;1\n", "gemeld op"),
        (b"kenmerk;naam;bedrag;gemeld op;achternaam\nA;B;1;x;y\n", "twee keer"),
        (b"kenmerk;naam;bedrag;gemeld op\n" + b"A;B;1;01-11-2026\n" * 20_001, "meer dan 20000 regels"),
        (b"x" * (8 * 1024 * 1024 + 1), "groter dan 8 MB"),
    ],
)
def test_what_is_no_file_of_arrears_is_refused_with_what_to_do(content, says):
    with pytest.raises(Refused, match=says):
        read_sheet(content=content)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("312", "312.00"), ("€ 1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1.234", "1234.00"), ("12.5", "12.50"), ("1e9", None), ("١٢", None), ("-3", "-3.00")],
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert amount_of(text) == (Decimal(amount) if amount else None)


def test_there_are_more_than_twelve_kinds_of_reasons_and_each_is_tried():
    tried = {code for code, _change in SPOILED} | {"double", "quote", "arisen_after", "partner_other", "not_placed"}
    assert set(REASONS) == tried
    assert len(REASONS) >= 12


def test_a_row_of_another_partner_and_one_that_arose_after_it_was_told_are_refused():
    cells = {"reference": "A", "surname": "B", "number": "1", "postcode": "1441AB", "amount": "1", "signalled_on": DAY}
    found = check_row(line=2, cells=cells | {"partner": "Energie Noord", "arisen_on": "02-11-2026"}, partner="De Vliet", kind="energy", on=ON)
    assert {reason[0] for reason in found.reasons} == {"partner_other", "arisen_after"}

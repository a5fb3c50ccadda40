"""Two files linked, one file looked through for doubles, columns guessed or said, weights learned from the files themselves."""

import csv
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from nabij.linkage import DUTCH, ENGLISH, Person, start_model, traits
from nabij.linkage.learning import calibrate
from nabij.linkage.linking import duplicates, link
from nabij.linkage.mapping import Columns, Unmapped, columns_of, guess, split_address, split_name

from .test_finding import somebody


@pytest.fixture(scope="module")
def town() -> list[Person]:
    draw = random.Random(2)
    parts = ["bon", "dal", "fri", "gom", "kes", "lun", "mat", "pol", "rud", "sien", "tol", "wam", "zor"]
    return [replace(somebody(draw), surname="".join(draw.sample(parts, 3)).title()) for _number in range(600)]


def slipped(person: Person, draw: random.Random) -> Person:
    at = draw.randrange(1, len(person.surname))
    changes = {"surname": person.surname[:at] + person.surname[at + 1 :]} if draw.random() < 0.4 else {}
    return replace(person, **changes, **({"birth_year": None} if draw.random() < 0.4 else {}), **({"postcode": ""} if draw.random() < 0.4 else {}))


def test_two_files_are_linked_without_any_number(town) -> None:
    draw = random.Random(3)
    right = [slipped(person, draw) for person in town[200:]]
    pairs, model = link([traits(one) for one in town[:400]], [traits(one) for one in right], DUTCH, processes=1)
    said = {(pair.left, pair.right) for pair in pairs if pair.probability >= 0.5}
    true = {(at, at - 200) for at in range(200, 400)}
    assert 2 * len(said & true) / (len(said) + len(true)) > 0.97
    assert model.match["surname"]["same"] != start_model().match["surname"]["same"]


def test_two_processes_say_the_same_as_one(town) -> None:
    people = [traits(one) for one in town] * 2
    one, _model = link(people, people[:600], DUTCH, processes=1, learning=False)
    two, _model = link(people, people[:600], DUTCH, processes=2, learning=False)
    assert one == two


def test_who_stands_twice_in_a_file_is_found_once(town) -> None:
    draw = random.Random(4)
    people = [traits(one) for one in (*town, *(slipped(one, draw) for one in town[:50]))]
    said = {(pair.left, pair.right) for pair in duplicates(people, DUTCH, processes=1)[0] if pair.probability >= 0.5}
    assert len(said & {(at, 600 + at) for at in range(50)}) >= 47
    assert len(said) <= 56


def test_headings_are_recognised_in_both_languages() -> None:
    assert guess(["rec_id", "given_name", "surname", "date_of_birth", "soc_sec_id"]).pieces == {
        "id": ("rec_id",), "given_names": ("given_name",), "surname": ("surname",), "birth_date": ("date_of_birth",),
    }  # fmt: skip
    assert guess(["Achternaam", "Tussenvoegsel", "Geboortedatum", "Huisnummer"]).pieces.keys() == {"surname", "prefix", "birth_date", "number"}
    with pytest.raises(Unmapped):
        guess(["colour", "size"])


@pytest.mark.parametrize("written", ["1951-07-04", "19510704", "4-7-1951", "04/07/1951"])
def test_a_birth_date_is_read_as_it_was_written(written: str) -> None:
    person = Columns({"birth_date": ("dob",)}).person({"dob": written})
    assert (person.birth_year, person.birth_month, person.birth_day) == (1951, 7, 4)


def test_whole_names_and_addresses_are_taken_apart() -> None:
    assert split_name("van der Berg, Piet") == {"surname": "van der Berg", "given_names": "Piet"}
    assert split_name("Piet van der Berg") == {"surname": "van der Berg", "given_names": "Piet"}
    assert split_address("Kerkstraat 14a, 1441 AB Purmerend") == {"street": "Kerkstraat", "number": "14a", "postcode": "1441 AB", "place": "Purmerend"}
    assert split_address("12 Miller Street")["street"] == "Miller Street"


def test_a_number_is_compared_only_when_the_mapping_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("surname,soc_sec_id\nSmith,12\n")
    assert columns_of(file).person({"surname": "Smith", "soc_sec_id": "12"}).ids == ()
    assert columns_of(file, {"ids": ["soc_sec_id"]}).person({"surname": "Smith", "soc_sec_id": "12"}).ids == ("12",)
    with pytest.raises(Unmapped, match="nowhere"):
        columns_of(file, {"surname": "nowhere"})


def test_the_command_links_two_files_with_other_columns(tmp_path: Path, town, capsys) -> None:
    left, right, columns, out = (tmp_path / name for name in ("left.csv", "right.csv", "columns.toml", "pairs.csv"))
    with left.open("w", newline="") as file:
        csv.writer(file).writerows([["id", "surname", "given_name", "postcode", "street_number"],
                                    *([at, one.surname, one.given_names, one.postcode, one.number] for at, one in enumerate(town[:100]))])  # fmt: skip
    with right.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["Wie", "Huis", "Code"], *([f"{one.surname}, {one.given_names}", one.number, one.postcode] for one in town[:100])])
    columns.write_text('[right]\ndelimiter = ";"\nfull_name = "Wie"\nnumber = "Huis"\npostcode = "Code"\n')
    call_command("link", str(left), str(right), out=out, columns=columns, processes=1)
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["left_id"]) + 1 == int(row["right_id"]) for row in rows) >= 98
    assert "full_name = Wie" in capsys.readouterr().out


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("colour\nred\n")
    with pytest.raises(CommandError, match="No column with a name"):
        call_command("link", str(tmp_path / "a.csv"), out=tmp_path / "b.csv")


def test_calibration_makes_probabilities_hold() -> None:
    draw = random.Random(5)
    seen = [(2 * x, draw.random() < 1 / (1 + 2.718281828 ** -x)) for x in (draw.uniform(-4, 4) for _number in range(4000))]
    assert calibrate(start_model(), seen).slope == pytest.approx(0.5, abs=0.08)


def test_looking_for_doubles_takes_time_in_proportion(town) -> None:
    people = [traits(one, ENGLISH) for one in town]
    began = time.monotonic()
    duplicates(people, ENGLISH, processes=1, learning=False)
    assert time.monotonic() - began < 60

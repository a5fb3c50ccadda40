import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from nabij.access.models import Dossier, Membership, Role
from nabij.access.tests.factories import make_member, make_team
from nabij.audit.models import Entry
from nabij.casework.models import Case
from nabij.residents.models import Resident

pytestmark = pytest.mark.django_db
HEAD = "Voorletters;Tussenvoegsel;Achternaam;Geboortedatum;Straat;Huisnummer;Postcode;Woonplaats;Telefoon;Medewerker;Team;Vraag;Volgende datum;Systeem;Zaaknummer;Kleur"
NEXT = (timezone.localdate() + timedelta(days=9)).strftime("%d-%m-%Y")


@pytest.fixture
def noor() -> Membership:
    return make_member(make_team(name="Team Gors"), name="Noor")


@pytest.fixture
def run(noor, capsys):
    administrator = make_member(noor.team, Role.ADMINISTRATOR, "Ad").worker

    def command(path: Path, *words: str) -> tuple[str, str]:
        call_command("import_caseload", str(path), "--as", administrator.email, *words)
        return tuple(capsys.readouterr())

    return command


def row(noor, surname="Bakker", birth="4-7-1951", number="12", **more) -> str:
    given = {"medewerker": noor.worker.email, "datum": NEXT, "zaak": "", "postcode": "1441 AB", "team": "", **more}
    cells = [
        "J.M.",
        "",
        surname,
        birth,
        "Kerkepad",
        number,
        given["postcode"],
        "Purmerend",
        "0299-123456",
        given["medewerker"],
        given["team"],
    ]
    return ";".join(
        [*cells, "Ik wil een wandelmaatje", given["datum"], "Suite" if given["zaak"] else "", given["zaak"], "groen"]
    )


def write(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join([HEAD, *rows, ""]).encode(encoding))
    return path


def test_a_row_becomes_a_resident_with_a_case_an_owner_and_a_date(tmp_path, noor, run) -> None:
    out, _err = run(write(tmp_path / "a.csv", row(noor, "van der Berg", zaak="2026-12")))
    case = Case.objects.get()
    resident = Resident.objects.get()
    assert (resident.initials, resident.prefix, resident.surname, resident.birth_text) == (
        "J.M.",
        "van der",
        "Berg",
        "4-7-1951",
    )
    assert resident.other_numbers == [["Suite", "2026-12"]]
    assert (case.question, case.commitment.owner, case.commitment.is_open) == ("Ik wil een wandelmaatje", noor, True)
    assert timezone.localdate(case.commitment.due_at).strftime("%d-%m-%Y") == NEXT
    assert case.commitment.taken_at is not None
    assert "1 taken over" in out or "1 overgenomen" in out
    assert "Kleur" in out
    assert Entry.objects.get(verb="upkeep.import_caseload").dossier_id == resident.pk


def test_the_same_file_again_adds_nothing(tmp_path, noor, run) -> None:
    path = write(
        tmp_path / "a.csv",
        row(noor),
        row(noor, "Smit", zaak="7"),
        row(noor, "Smit", birth="", postcode="", number="", zaak="8"),
    )
    run(path)
    assert Case.objects.count() == 3
    run(path)
    run(
        write(
            tmp_path / "b.csv", row(noor, "SMIT", birth="1-1-1930", zaak="7"), row(noor, " bakker ", birth="04-07-1951")
        )
    )
    assert Case.objects.count() == Resident.objects.count() == 3


def test_refused_rows_say_line_and_reason_and_leave_nothing_behind(tmp_path, noor, run) -> None:
    bad = [
        row(noor, ""),
        row(noor, birth="31-2-1951"),
        row(noor, postcode="14 AB"),
        row(noor, medewerker="niemand@nabij.example"),
        row(noor, datum="1-1-2020"),
        row(noor, team="Team Nergens"),
        row(noor, birth="", postcode="", number=""),
        row(noor, birth="3-3-2090"),
    ]
    errors = tmp_path / "errors.csv"
    _out, err = run(write(tmp_path / "a.csv", row(noor, "Goed"), *bad), "--errors", str(errors))
    assert [line.split(":")[0].split()[-1] for line in err.splitlines()] == [str(n) for n in range(3, 11)]
    assert Dossier.objects.count() == Case.objects.count() == 1
    with errors.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file, delimiter=";"))
    assert [line[0] for line in written[1:]] == [str(n) for n in range(3, 11)]
    assert written[0][2:] == HEAD.split(";")
    assert "niemand@nabij.example" in written[4][1]


def test_the_corrected_file_of_refused_rows_can_be_imported(tmp_path, noor, run) -> None:
    errors = tmp_path / "errors.csv"
    run(write(tmp_path / "a.csv", row(noor, "=Bakker", birth="31-2-1951")), "--errors", str(errors))
    written = errors.read_text(encoding="utf-8-sig")
    assert ";'=Bakker;" in written  # a spreadsheet takes it for no formula
    assert errors.stat().st_mode & 0o077 == 0
    errors.write_text(written.replace("31-2-1951", "28-2-1951"), encoding="utf-8")
    run(errors)
    resident = Resident.objects.get()
    assert (resident.birth_text, resident.surname) == ("28-2-1951", "=Bakker")


def test_a_dry_run_refuses_the_same_and_keeps_nothing(tmp_path, noor, run) -> None:
    path = write(tmp_path / "a.csv", row(noor), row(noor), row(noor, birth="31-2-1951"))
    _out, err = run(path, "--dry-run")
    assert err.count("\n") == 1
    assert Dossier.objects.count() == Entry.objects.filter(verb="upkeep.import_caseload").count() == 0


@pytest.mark.parametrize(
    ("typed", "read"), [("00-00-1951", "1951"), ("7-1951", "7-1951"), ("1951", "1951"), ("00-07-1951", "7-1951")]
)
def test_a_birth_date_may_be_known_in_part(tmp_path, noor, run, typed, read) -> None:
    run(write(tmp_path / "a.csv", row(noor, birth=typed)))
    assert Resident.objects.get().birth_text == read


def test_latin_1_and_commas_are_read(tmp_path, noor, run) -> None:
    path = write(tmp_path / "a.csv", row(noor, "Müller").replace(";", ","), encoding="latin-1")
    path.write_bytes(path.read_bytes().replace(HEAD.encode(), HEAD.replace(";", ",").encode()))
    run(path)
    assert Resident.objects.get().surname == "Müller"


def test_a_spreadsheet_with_real_dates_is_read(tmp_path, noor, run) -> None:
    book = Workbook()
    book.active.append(["Roepnaam", "Achternaam", "Geboortedatum", "Huisnummer", "Postcode", "Medewerker"])
    born = timezone.datetime(1951, 7, 4)
    book.active.append(["Jo", "Bakker", born, 12, "1441ab", noor.worker.email.upper()])
    book.save(tmp_path / "a.xlsx")
    run(tmp_path / "a.xlsx")
    resident = Resident.objects.get()
    assert (resident.display_name, resident.birth_text) == ("Jo Bakker", "4-7-1951")
    assert resident.dossier.address_set.get().number == "12"


def test_a_secret_address_is_kept_secret(tmp_path, noor, run) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"achternaam,geboortedatum,straat,geheim adres,medewerker\nSmit,1951,Kerkepad,ja,{noor.worker.email}\n"
    )
    run(path)
    address = Dossier.objects.get().address_set.get()
    assert (address.street, address.secret, address.secret_text) == ("", True, "Kerkepad")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Het bestand is leeg"),
        (b"kleur;maat\nrood;4\n", "Er is geen kolom met namen.*Gevonden: kleur, maat"),
        (b"achternaam\nSmit\n", "De kolom medewerker ontbreekt"),
        (b"PK\x03\x04\0\0", "Dit is geen CSV-bestand"),
    ],
)
def test_a_file_that_is_no_caseload_is_refused_whole(tmp_path, run, content, words) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(path)
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(CommandError):
        run(tmp_path / "a.xlsx")


def test_only_an_administrator_of_the_municipality_imports(tmp_path, noor, run) -> None:
    path = write(tmp_path / "a.csv", row(noor))
    with pytest.raises(CommandError):
        call_command("import_caseload", str(path), "--as", noor.worker.email)
    elsewhere = make_member(make_team(name="Elders"), name="Els")
    _out, err = run(write(tmp_path / "b.csv", row(noor, medewerker=elsewhere.worker.email)))
    assert elsewhere.worker.email in err
    assert Case.objects.count() == 0

"""Residents: dossier, name, address, ways to reach them, what to mind, and by what search finds them."""

from datetime import timedelta
from typing import Any

from nabij.access.models import Dossier, Grant
from nabij.linkage import Person
from nabij.residents.linkage import person_of, write_many
from nabij.residents.models import Address, ContactWay, Resident, SafetyNote

from .bulk import Row, Sheet, Told
from .drawing import STREETS
from .region import Region

RESTRICTED, WORKED_ON, MINDED, MAILED = 0.02, 0.36, 0.03, 0.25  # shares of the residents
KEPT_YEARS = 15
AT_ONCE = 10_000  # residents written, keys and all, before the next are drawn
TABLES = (Dossier, Grant, Resident, Address, ContactWay, SafetyNote)
BASIS = "Wmo 2015 art. 5.1.1"
NAME = ("call_name", "prefix", "surname", "initials", "birth_year", "birth_month", "birth_day")


def people(region: Region, told: Told) -> None:
    """Write every resident with all that hangs on them."""
    first = 1
    while first <= region.sizes.residents:
        last = min(first + AT_ONCE - 1, region.sizes.residents)
        _write(region, range(first, last + 1))
        told(last - first + 1)
        first = last + 1


def _write(region: Region, numbers: range) -> None:
    sheets: dict[type[Any], list[Row]] = {model: [] for model in TABLES}
    found: list[tuple[int, Person]] = []
    for number in numbers:
        _decide(region, number)
        _dossier(region, number, sheets)
        found.append((number, _who(region, number, sheets)))
    keep = region.today + timedelta(days=365 * KEPT_YEARS)
    Sheet(Dossier, "id", "ref", "municipality_id", "controller_id", "team_id", "root_id", "restricted", "opened_at", erase_on=keep).write(sheets[Dossier])
    fixed = {"kind": Grant.Kind.RESTRICTED, "purpose": "care", "basis": BASIS, "from_on": region.begin.date()}
    Sheet(Grant, "ref", "dossier_id", "worker_id", **fixed).write(sheets[Grant])
    Sheet(Resident, "dossier_id", "ref", *NAME).write(sheets[Resident])
    place = ("street", "number", "postcode", "place", "neighbourhood_id")
    Sheet(Address, "ref", "dossier_id", *place, kind="home", from_on=region.begin.date()).write(sheets[Address])
    Sheet(ContactWay, "ref", "dossier_id", "kind", "value").write(sheets[ContactWay])
    Sheet(SafetyNote, "ref", "dossier_id", "author_id", "made_at", fact="Hond bijt.", what_to_do="Bel eerst, dan gaat de hond weg",
          review_on=region.today + timedelta(days=90)).write(sheets[SafetyNote])  # fmt: skip
    write_many(found)


def _decide(region: Region, number: int) -> None:
    """Choose the team, whether it is worked on, and the named person of a restricted dossier."""
    draw, team = region.draw, 1 + (number - 1) % region.sizes.teams
    region.team_of.append(team)
    region.case_of.append(0)
    region.named.append(draw.pick(region.seats[team]).worker if draw.chance() < RESTRICTED else 0)
    if draw.chance() < WORKED_ON:
        region.active.append(number)


def _dossier(region: Region, number: int, sheets: dict[type[Any], list[Row]]) -> None:
    draw, team, named = region.draw, region.team_of[number - 1], region.named[number - 1]
    home, controller = region.homes[team]
    opened = region.opened_at(number)
    sheets[Dossier].append((number, draw.ref(), home, controller, team, number, bool(named), opened))
    if named:
        sheets[Grant].append((draw.ref(), number, named))
    if draw.chance() < MINDED:
        author = region.seat_for(number).membership
        sheets[SafetyNote].append((draw.ref(), number, author, draw.moment(opened, region.now)))


def _who(region: Region, number: int, sheets: dict[type[Any], list[Row]]) -> Person:
    draw, (code, area, town) = region.draw, region.postcodes[region.team_of[number - 1]]
    who = draw.person(this_year=region.now.year)
    letters = "ABCDEGHJKLMNPRTVWXZ"
    address = Address(street=draw.pick(STREETS), number=str(draw.rng.randint(1, 240)), postcode=f"{code} {draw.pick(letters)}{draw.pick(letters)}", place=town)
    ways = [ContactWay(kind="phone", value=f"06-0{draw.rng.randint(1000000, 9999999)}")]
    if draw.chance() < MAILED:
        ways.append(ContactWay(kind="email", value=f"r{number}@post.example"))
    parts = (who.call, who.prefix, who.surname, f"{who.call[0]}.", who.year, who.month, who.day)
    resident = Resident(**dict(zip(NAME, parts, strict=True)))
    sheets[Resident].append((number, draw.ref(), *parts))
    sheets[Address].append((draw.ref(), number, address.street, address.number, address.postcode, town, area))
    sheets[ContactWay] += [(draw.ref(), number, way.kind, way.value) for way in ways]
    return person_of(resident, [address], ways)

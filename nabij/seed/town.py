"""Municipalities, teams, colleagues and the duty rota of the region."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F

from nabij.access.models import (
    Controller,
    DutyTurn,
    Membership,
    Municipality,
    Neighbourhood,
    NeighbourhoodPostcode,
    Role,
    Team,
    TeamArea,
    Worker,
)
from nabij.commitments.clock import is_working_day
from nabij.upkeep.queries import duty_day

from .bulk import Sheet
from .region import Region, Seat

ROTA_DAYS = 60
CORE = (Role.LEAD, Role.WORKER, Role.WORKER)
OFFICE = (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.POLICY_ADVISER)
TABLES = (Controller, Municipality, Neighbourhood, NeighbourhoodPostcode, Team, TeamArea, Worker, Membership, DutyTurn)


def found(region: Region) -> None:
    """Write municipalities, their teams with areas, everybody who works there, and who is on duty in the coming weeks."""
    count = region.sizes.municipalities
    _municipalities(region, count)
    teams = [(number, 1 + (number - 1) % count) for number in range(1, region.sizes.teams + 1)]
    _areas(region, teams)
    sheet = Sheet(Team, "id", "ref", "municipality_id", "controller_id", "name", "kind", phone="0299 000 000")
    offices = [(len(teams) + home, region.draw.ref(), home, home, f"Gemeentehuis {home}", "office") for home in range(1, count + 1)]
    # the first team of each municipality stands at its front door
    kinds = {number: "front_door" if number <= count else "neighbourhood" for number, _home in teams}
    sheet.write([(number, region.draw.ref(), home, home, f"Team {number}", kinds[number]) for number, home in teams] + offices)
    Municipality.objects.update(front_door_id=F("id"))
    Sheet(TeamArea, "team_id", "neighbourhood_id", from_on=region.begin.date()).write([(number, number) for number, _home in teams])
    _people(region, teams, offices)
    _rota(region)


def _municipalities(region: Region, count: int) -> None:
    rows = [(home, region.draw.ref(), f"Gemeente {home} (oefening)") for home in range(1, count + 1)]
    Sheet(Controller, "id", "ref", "name", kind="municipality", may_process_bsn=True, phone="0299 000 000").write(rows)
    homes = [(home, region.draw.ref(), f"Oefenstad {home}", f"GM99{home:02d}", home) for home in range(1, count + 1)]
    Sheet(Municipality, "id", "ref", "name", "code", "controller_id", phone="0299 000 000").write(homes)


def _areas(region: Region, teams: list[tuple[int, int]]) -> None:
    rows = [(number, region.draw.ref(), home, f"Wijk {number}", f"WK9999{number:03d}") for number, home in teams]
    Sheet(Neighbourhood, "id", "ref", "municipality_id", "name", "code", kind="wijk", year=region.now.year).write(rows)
    region.postcodes = {number: (str(1000 + number * 3), number, f"Oefenstad {home}") for number, home in teams}
    Sheet(NeighbourhoodPostcode, "neighbourhood_id", "postcode").write([(number, code) for number, (code, _n, _p) in region.postcodes.items()])


def _roles(region: Region, teams: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield a team and a role for each colleague: in every team a lead and workers, in a team of size a volunteer too."""
    for number, _home in teams:
        yield from ((number, role) for role in CORE)
    extra = region.sizes.workers - len(CORE) * len(teams)
    volunteers = len(teams) if region.sizes.workers > 6 * len(teams) else 0
    for turn in range(extra):
        yield teams[turn % len(teams)][0], Role.VOLUNTEER if turn < volunteers else Role.WORKER


def _people(region: Region, teams: list[tuple[int, int]], offices: list[tuple[object, ...]]) -> None:
    region.homes = {number: (home, home) for number, home in teams}
    wanted = [*_roles(region, teams), *((int(str(office[0])), role) for office in offices for role in OFFICE)]
    draw, workers, members = region.draw, [], []
    for number, (team, role) in enumerate(wanted, 1):
        person = draw.person(this_year=region.now.year)
        workers.append((number, draw.ref(), f"w{number}@nabij.example", person.name))
        members.append((number, draw.ref(), number, team, role, role != Role.VOLUNTEER))
        if role in {Role.LEAD, Role.WORKER}:
            home = region.homes[team][0]
            region.seats.setdefault(team, []).append(Seat(number, number, role, team, home, f"Gemeente {home} (oefening)"))
    facts = {"password": region.password, "phone": "0299 000 000", "is_demo": True, "is_active": True}
    Sheet(Worker, "id", "ref", "email", "name", **facts).write(workers)
    Sheet(Membership, "id", "ref", "worker_id", "team_id", "role", "paid", hours_per_week=None, from_on=region.begin.date()).write(members)
    for team, seats in region.seats.items():
        Team.objects.filter(pk=team).update(lead_id=seats[0].membership, lead_substitute_id=seats[1].membership)


def _rota(region: Region) -> None:
    rows, now = [], duty_day(at=region.now)
    for team, seats in region.seats.items():
        days = (region.today + timedelta(days=n) for n in range(ROTA_DAYS))
        turns = {day: seats[n % len(seats)] for n, day in enumerate(day for day in days if is_working_day(day))}
        rows += [(team, day, seat.membership) for day, seat in turns.items()]
        region.duty[team] = turns[now]
    Sheet(DutyTurn, "team_id", "on", "membership_id").write(rows)

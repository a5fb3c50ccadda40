"""The municipality of the demonstration: organisations, quarters and villages, teams, people, rota."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from nabij.access.doors import Reach
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
from nabij.core.text import plain

from .people import draw_person

# Name, kind, share of the residents, postcodes, paid workers beside the lead, volunteers, held by the welfare organisation.
QUARTERS: tuple[tuple[str, str, int, tuple[str, ...], int, int, bool], ...] = (
    ("Centrum", "wijk", 8, ("1441",), 3, 1, False),
    ("Gors", "wijk", 10, ("1444",), 3, 2, False),
    ("Overwhere", "wijk", 17, ("1442", "1445"), 4, 2, False),
    ("Purmer-Noord", "wijk", 12, ("1446",), 3, 2, True),
    ("Purmer-Zuid", "wijk", 12, ("1447",), 3, 2, True),
    ("Weidevenne", "wijk", 20, ("1448",), 4, 2, False),
    ("Wheermolen", "wijk", 11, ("1443",), 3, 2, True),
    ("Middenbeemster", "dorp", 4, ("1462",), 1, 1, False),
    ("Noordbeemster", "dorp", 1, ("1463",), 1, 1, False),
    ("Westbeemster", "dorp", 2, ("1464",), 1, 1, False),
    ("Zuidoostbeemster", "dorp", 3, ("1461",), 1, 1, True),
)
# CBS gives the real codes, every year anew; these begin with 9999 so that nobody takes them for real.
CODE = "9999"
FRONT_DOOR = (
    (Role.LEAD, True),
    (Role.WORKER, True),
    (Role.COUNTER, True),
    (Role.COUNTER, True),
    (Role.GGD, True),
    (Role.YOUTH_WORKER, True),
)
TOWN_HALL = (Role.ADMINISTRATOR, Role.POLICY_ADVISER, Role.PRIVACY_OFFICER, Role.DIRECTORY_EDITOR)
WELFARE_OFFICE = (Role.VOLUNTEER_COORDINATOR, Role.PRIVACY_OFFICER)
LONG_AGO = timedelta(days=900)


@dataclass
class Post:
    """A team with its people, as the days need them."""

    team: Team
    postcodes: tuple[str, ...] = ()
    village: bool = False
    share: int = 0
    members: list[Membership] = field(default_factory=list)

    def of(self, *roles: Role) -> list[Membership]:
        """Return its members in these roles."""
        return [m for m in self.members if m.role in roles]


@dataclass
class Town:
    """The whole municipality."""

    municipality: Municipality
    quarters: list[Post] = field(default_factory=list)
    front_door: Post | None = None
    offices: list[Post] = field(default_factory=list)

    def reach(self) -> Any:
        """Return where the founding belongs, for the record."""
        return Reach(municipality_id=self.municipality.pk)


def lay_out(*, rng: Random, password: str, today: date, rota_days: int = 28) -> Town:
    """Make the municipality with a rota from six weeks back until four weeks from now. `password`: the hash all log-ins share."""
    house = Controller.objects.create(
        name="Gemeente Purmerend (demonstratie)", kind="municipality", may_process_bsn=True, phone="0299 000 100"
    )
    welfare = Controller.objects.create(
        name="Stichting De Brede Sloot (demonstratie)", kind="welfare", phone="0299 000 111"
    )
    municipality = Municipality.objects.create(
        name="Purmerend", code=f"GM{CODE}", controller=house, phone="0299 000 100",
        reading_hours="We lezen berichten op werkdagen tussen 8.30 en 17.00 uur.",
    )  # fmt: skip
    town, hired = Town(municipality), _Hiring(rng, password, today)
    for number, (name, kind, share, postcodes, paid, unpaid, held) in enumerate(QUARTERS, 1):
        area = Neighbourhood.objects.create(
            municipality=municipality, name=name, kind=kind, code=f"WK{CODE}{number:02d}", year=2026
        )
        NeighbourhoodPostcode.objects.bulk_create(
            [NeighbourhoodPostcode(neighbourhood=area, postcode=p) for p in postcodes]
        )
        roles = [(Role.LEAD, True), *[(Role.WORKER, True)] * paid, *[(Role.VOLUNTEER, False)] * unpaid]
        post = _team(hired, municipality, welfare if held else house, f"Team {name}", Team.Kind.NEIGHBOURHOOD, roles)
        post.postcodes, post.village, post.share = postcodes, kind == "dorp", share
        TeamArea.objects.create(team=post.team, neighbourhood=area, from_on=hired.since)
        town.quarters.append(post)
    town.front_door = _team(hired, municipality, house, "Team Voordeur", Team.Kind.FRONT_DOOR, list(FRONT_DOOR))
    municipality.front_door = town.front_door.team
    municipality.save(update_fields=["front_door"])
    for name, controller, roles in (
        ("Gemeentehuis", house, TOWN_HALL),
        ("Kantoor De Brede Sloot", welfare, WELFARE_OFFICE),
    ):
        town.offices.append(
            _team(hired, municipality, controller, name, Team.Kind.OFFICE, [(role, True) for role in roles])
        )
    _plan_duty([*town.quarters, town.front_door], today, rota_days)
    return town


@dataclass
class _Hiring:
    rng: Random
    password: str
    today: date
    used: set[str] = field(default_factory=set)

    @property
    def since(self) -> date:
        return self.today - LONG_AGO

    def worker(self) -> Worker:
        """Make a log-in with a name and address that nobody else has."""
        while True:
            person = draw_person(self.rng, ages=(24, 66), year=self.today.year)
            email = _mail(person.call_name, f"{person.prefix}{person.surname}")
            if email not in self.used and person.call_name not in {m.split(".")[0] for m in self.used}:
                break
        self.used |= {email, f"{person.call_name}."}
        return Worker.objects.create(
            email=email, name=person.name, password=self.password, is_demo=True, phone=f"0299 000 {len(self.used):03d}"
        )


def _mail(first: str, last: str) -> str:
    return f"{plain(first).replace(' ', '')}.{plain(last).replace(' ', '')}@nabij.example"


def _team(
    hired: _Hiring,
    municipality: Municipality,
    controller: Controller,
    name: str,
    kind: str,
    roles: list[tuple[Role, bool]],
) -> Post:
    team = Team.objects.create(
        municipality=municipality,
        controller=controller,
        name=name,
        kind=kind,
        phone=f"0299 000 {len(hired.used) + 500}",
    )
    post = Post(team)
    for role, paid in roles:
        hours = hired.rng.choice([24, 28, 32, 36]) if paid else hired.rng.choice([2, 4, 6])
        post.members.append(
            Membership.objects.create(
                worker=hired.worker(), team=team, role=role, paid=paid, hours_per_week=hours, from_on=hired.since
            )
        )
    able = post.of(Role.LEAD, Role.WORKER)
    if len(able) > 1:
        team.lead, team.lead_substitute = able[0], able[1]
        team.save(update_fields=["lead", "lead_substitute"])
    return post


def _plan_duty(posts: list[Post], today: date, rota_days: int) -> None:
    """Give every working day a duty worker, in turn."""
    days = [today + timedelta(days=n) for n in range(-45, rota_days + 1)]
    turns = []
    for post in posts:
        able = post.of(Role.WORKER) or post.of(Role.LEAD)
        working = [day for day in days if is_working_day(day)]
        turns += [DutyTurn(team=post.team, on=day, membership=able[n % len(able)]) for n, day in enumerate(working)]
    DutyTurn.objects.bulk_create(turns)

"""A town for random days: two organisations, three teams, thirteen colleagues."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nabij.access.models import Controller, Membership, Municipality, Role, Team, Worker

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Monday
LONG_AGO = date(2024, 1, 1)
CREW = {
    "Gors": [Role.LEAD, Role.WORKER, Role.WORKER, Role.WORKER, Role.VOLUNTEER],
    "Wheermolen": [Role.LEAD, Role.WORKER, Role.WORKER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER],
    "Buurtwelzijn": [Role.LEAD, Role.WORKER, Role.WORKER],
}


@dataclass
class Town:
    """The municipality, its teams by name, and the functional administrator."""

    municipality: Municipality
    teams: dict[str, Team]
    administrator: Membership


def make_town() -> Town:
    """Write the town straight into the tables: what happens there later goes through the doors."""
    college = Controller.objects.create(kind="municipality", name="Gemeente Waterdam", may_process_bsn=True)
    welfare = Controller.objects.create(kind="welfare", name="Stichting Dichtbij")
    municipality = Municipality.objects.create(name="Waterdam", code="GM9999", controller=college)
    teams = {name: _team(name, municipality, welfare if name == "Buurtwelzijn" else college) for name in CREW}
    municipality.front_door = teams["Gors"]
    municipality.save()
    return Town(municipality, teams, Membership.objects.get(role=Role.ADMINISTRATOR))


def _team(name: str, municipality: Municipality, controller: Controller) -> Team:
    team = Team.objects.create(municipality=municipality, controller=controller, name=name)
    members = [_member(team, role, number) for number, role in enumerate(CREW[name])]
    team.lead, team.lead_substitute = members[0], members[1]
    team.save()
    return team


def _member(team: Team, role: str, number: int) -> Membership:
    worker = Worker(email=f"{team.name.lower()}{number}@nabij.example", name=f"{team.name} {number}")
    worker.set_unusable_password()
    worker.save()
    return Membership.objects.create(worker=worker, team=team, role=role, paid=role != Role.VOLUNTEER, from_on=LONG_AGO)

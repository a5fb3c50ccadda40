"""Small, plain makers of access rows for tests. Nothing clever: read once, then trust."""

from datetime import date, datetime, timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import Controller, Dossier, Grant, Membership, Municipality, Neighbourhood, Role, Team, Worker

NUMBERS = count(1)
LONG_AGO = date(2020, 1, 1)


def make_controller(kind: str = "municipality", name: str = "Gemeente Waterland-Oost") -> Controller:
    return Controller.objects.create(kind=kind, name=name, phone="0299 000 000")


def make_municipality(controller: Controller | None = None) -> Municipality:
    number = next(NUMBERS)
    return Municipality.objects.create(name=f"Waterdam {number}", code=f"GM{number:04d}", controller=controller or make_controller())


def make_neighbourhood(municipality: Municipality, name: str = "De Gors") -> Neighbourhood:
    return Neighbourhood.objects.create(municipality=municipality, name=name, kind="wijk", code=f"WK{next(NUMBERS):06d}", year=2026)


def make_worker(name: str = "Noor", **fields: object) -> Worker:
    worker = Worker(email=f"{name.lower()}{next(NUMBERS)}@nabij.example", name=name, **fields)
    worker.set_unusable_password()
    worker.save()
    return worker


def make_member(team: Team, role: str = Role.WORKER, name: str = "Noor", worker: Worker | None = None, **fields: object) -> Membership:
    fields.setdefault("from_on", LONG_AGO)
    fields.setdefault("paid", role != Role.VOLUNTEER)
    return Membership.objects.create(worker=worker or make_worker(name), team=team, role=role, **fields)


def make_team(municipality: Municipality | None = None, controller: Controller | None = None, name: str = "Team Gors", **fields: object) -> Team:
    """Return a team with a lead and a substitute, as the database asks of a team with open work."""
    municipality = municipality or make_municipality(controller)
    team = Team.objects.create(municipality=municipality, controller=controller or municipality.controller, name=name, phone="0299 111 111", **fields)
    team.lead = make_member(team, Role.LEAD, "Leonie")
    team.lead_substitute = make_member(team, Role.WORKER, "Sam")
    team.save()
    if municipality.front_door is None:
        municipality.front_door = team
        municipality.save()
    return team


def make_dossier(team: Team, **fields: object) -> Dossier:
    now = timezone.now()
    return Dossier.objects.create(
        municipality=team.municipality, controller=team.controller, team=team, opened_at=now, erase_on=now.date() + timedelta(730), **fields
    )


def make_grant(dossier: Dossier, worker: Worker, **fields: object) -> Grant:
    fields = {"kind": "casework", "purpose": "casework", "basis": "Wmo 2015 art. 5.1.1", "from_on": LONG_AGO, **fields}
    return Grant.objects.create(dossier=dossier, worker=worker, **fields)


def actor_for(membership: Membership, at: datetime | None = None) -> Actor:
    """Return this member's worker as an actor with a fresh request id."""
    return worker_actor(membership.worker, at=at or timezone.now()).again()


def log_in(client: Client, worker: Worker) -> Client:
    """Log in with the second step done."""
    client.force_login(worker, backend="nabij.access.web.login.WorkerBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client

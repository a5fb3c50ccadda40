"""Write down somebody who is not known yet."""

from datetime import datetime, timedelta
from typing import Any

from nabij.access.actions import give_grant
from nabij.access.actor import Actor
from nabij.access.doors import Absent, action
from nabij.access.models import Dossier, Grant, Team, Worker
from nabij.residents.linkage import write_first
from nabij.residents.models import ContactWay, Resident

from .steps import PAID, tidy_person, write_address, write_way

# Welfare contact that never became a legal decision: two years, until casework sets a longer term (domain, retention).
KEPT = timedelta(days=730)
BASIS = "Wmo 2015 art. 5.1.1"


@action("residents.create", allow=PAID, on="team")
def create_resident(
    *, actor: Actor, at: datetime, team: Team, known: bool = True, restricted: bool = False, address: dict[str, Any] | None = None,
    phone: str = "", **person: Any,
) -> Resident:  # fmt: skip
    """Write down a resident in this team: dossier, names, first address, telephone and keys of search in one.

    `person`: fields of Resident. Whoever could not open the dossier afterwards is given access, for their own work.
    Raises Refused: no name and no description, a birth date or postcode that cannot be right. Absent: not a team of the actor.
    """
    if not actor.is_system and team.pk not in actor.team_ids:
        raise Absent
    person = tidy_person(actor=actor, at=at, person=person, known=known)
    dossier = Dossier.objects.create(
        municipality_id=team.municipality_id,
        controller_id=team.controller_id,
        team=team,
        restricted=restricted,
        opened_at=at,
        erase_on=actor.on + KEPT,
    )
    resident = Resident.objects.create(dossier=dossier, known=known, **person)
    homes, ways = [], []
    if address:
        homes.append(write_address(actor=actor, at=at, dossier=dossier, **address))
    if phone.strip():
        ways.append(write_way(actor=actor, at=at, dossier=dossier, kind=ContactWay.Kind.PHONE, value=phone))
    write_first(resident=resident, addresses=homes, ways=ways, on=actor.on)
    if actor.worker_id and (restricted or team.pk not in actor.dossier_team_ids):
        kind = Grant.Kind.RESTRICTED if restricted else Grant.Kind.CASEWORK
        worker = Worker.objects.get(pk=actor.worker_id)
        give_grant(actor=actor, at=at, dossier=dossier, worker=worker, kind=kind, purpose="care", basis=BASIS)
    return resident

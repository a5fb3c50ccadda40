"""Take over one resident from another system."""

from datetime import datetime

from nabij.access.actor import Actor, system_actor
from nabij.access.doors import Absent, action, raise_version
from nabij.access.models import Role, Scope
from nabij.audit.models import Event
from nabij.casework.actions import open_case
from nabij.casework.models import Case
from nabij.commitments.clock import end_of
from nabij.residents.actions import create_resident
from nabij.upkeep.caseload.gone import refuse_erased
from nabij.upkeep.caseload.rows import Intake


@action("upkeep.import_caseload", allow={Role.ADMINISTRATOR: Scope.MUNICIPALITY}, event=Event.CREATE)
def import_resident(*, actor: Actor, at: datetime, intake: Intake) -> Case:
    """Write down a resident with a case that a colleague answers for already, and its next date; all of it or nothing.

    An administrator does not see residents, so the parts are written by the system; the entry names who imported.
    Raises Absent: another municipality. Raises Refused: somebody who was erased here, and see create_resident and open_case.
    """
    team = intake.owner.team
    if not actor.is_system and team.municipality_id not in actor.municipality_ids:
        raise Absent
    refuse_erased(intake=intake)
    writer = system_actor(at=at)
    year, month, day = intake.birth
    number = [list(intake.other_number)] if intake.other_number else []
    resident = create_resident(
        actor=writer, at=at, team=team, address=intake.address, phone=intake.phone, other_numbers=number,
        birth_year=year, birth_month=month, birth_day=day, **intake.person,
    )  # fmt: skip
    due_at = end_of(intake.next_on) if intake.next_on else None
    case = open_case(
        actor=writer, at=at, dossiers=[resident.dossier], question=intake.question, owner=intake.owner, due_at=due_at
    )
    case.commitment.taken_at = at  # it was theirs already: nothing new to take up
    raise_version(case.commitment)
    case.commitment.save(update_fields=["taken_at", "version"])
    return case

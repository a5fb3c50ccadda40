"""What a resident gets on paper."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Dossier
from nabij.audit.models import Event
from nabij.casework.letters import TYPES, file_name, letter_bytes
from nabij.casework.models import Case, PlanCopy
from nabij.casework.queries import letter_people
from nabij.core.errors import Absent, Refused
from nabij.papers.actions import keep_paper

from .steps import WORKS


@action("casework.keep_copy", allow=WORKS, on="case", event=Event.COPY)
def keep_copy(
    *, actor: Actor, at: datetime, case: Case, dossier: Dossier, kind: str, form: str, language: str, handed_on: date
) -> PlanCopy:
    """Keep on the dossier exactly what the resident was given, and on which day. Raises Refused for a day to come; Absent: not of this case."""
    if handed_on > actor.on:
        raise Refused(_("This day has not come yet."), field="handed_on")
    if dossier.pk not in {row.pk for row, _name in letter_people(actor=actor, case=case)}:
        raise Absent
    content = letter_bytes(actor=actor, case=case, dossier=dossier, kind=kind, form=form, language=language)
    paper = keep_paper(
        actor=actor, at=at, name=file_name(kind=kind, form=form, on=handed_on), content_type=TYPES[form], content=content, team=dossier.team, dossier=dossier
    )
    return PlanCopy.objects.create(
        case=case, dossier=dossier, paper=paper, kind=kind, form=form, handed_on=handed_on, by_id=actor.acting_in(case.commitment.team_id)
    )

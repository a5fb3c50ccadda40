"""Convene a conference, move it, call it off."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Membership
from nabij.audit.models import Event
from nabij.casework.actions import WORKS
from nabij.casework.models import Case
from nabij.commitments.actions import close_commitment, open_commitment, set_due
from nabij.commitments.models import Kind
from nabij.conferences.models import Conference
from nabij.core.errors import Refused

from .steps import check_resident_part, end_openings, still_to_come

CANCELLED = "cancelled"


@action("conferences.plan_conference", allow=WORKS, on="case", event=Event.CREATE)
def plan_conference(
    *, actor: Actor, at: datetime, case: Case, starts_at: datetime, question: str, resident_part: str, resident_why: str = "", place: str = ""
) -> Conference:
    """Convene a conference about a case: when, about which question, and what the resident knows of it. Who convenes answers for it until it was held.

    Raises Refused: the case is closed, a moment that has passed, no question, or no word about the resident.
    """
    plan = case.commitment
    if not plan.is_open:
        raise Refused(_("This case is closed. Open it again first."))
    _check(starts_at, at, question)
    check_resident_part(actor=actor, at=at, part=resident_part, why=resident_why)
    owner = Membership.objects.select_related("worker", "team").get(pk=actor.acting_in(plan.team_id))
    commitment = open_commitment(
        actor=actor, at=at, kind=Kind.CONFERENCE, what=_("Case conference"), team=owner.team, owner=owner, due_at=starts_at, dossier=plan.dossier, taken=True
    )
    return Conference.objects.create(
        commitment=commitment, case=case, starts_at=starts_at, place=place.strip(), question=question.strip(),
        resident_part=resident_part, resident_why=resident_why.strip(),
    )  # fmt: skip


def _check(starts_at: datetime, at: datetime, question: str) -> None:
    if starts_at < at:
        raise Refused(_("This moment has passed. Choose one to come."), field="starts_at")
    if not question.strip():
        raise Refused(_("Write the question for the table. Without a question nobody needs to come."), field="question")


@action("conferences.change_conference", allow=WORKS, on="conference")
def change_conference(
    *, actor: Actor, at: datetime, conference: Conference, starts_at: datetime, question: str, resident_part: str, resident_why: str = "", place: str = ""
) -> Conference:
    """Change the moment, the place, the question or what the resident knows. Raises Refused as plan_conference, and when it was held."""
    commitment = still_to_come(actor=actor, at=at, conference=conference)
    if starts_at != conference.starts_at:
        _check(starts_at, at, question)
        set_due(actor=actor, at=at, commitment=commitment, due_at=starts_at)
    check_resident_part(actor=actor, at=at, part=resident_part, why=resident_why)
    if not question.strip():
        raise Refused(_("Write the question for the table. Without a question nobody needs to come."), field="question")
    conference.starts_at, conference.place, conference.question = starts_at, place.strip(), question.strip()
    conference.resident_part, conference.resident_why = resident_part, resident_why.strip()
    raise_version(conference)
    conference.save(update_fields=["starts_at", "place", "question", "resident_part", "resident_why", "version"])
    return conference


@action("conferences.cancel", allow=WORKS, on="conference")
def cancel_conference(*, actor: Actor, at: datetime, conference: Conference, why: str) -> Conference:
    """Call a conference off, with the reason; what was opened for others closes, what was agreed already stays. Raises Refused: no reason, or held."""
    commitment = still_to_come(actor=actor, at=at, conference=conference)
    if not why.strip():
        raise Refused(_("Write why it does not go on."), field="why")
    conference.cancelled_why = why.strip()
    raise_version(conference)
    conference.save(update_fields=["cancelled_why", "version"])
    close_commitment(actor=actor, at=at, commitment=commitment, outcome=CANCELLED)
    end_openings(actor=actor, at=at, conference=conference)
    return conference

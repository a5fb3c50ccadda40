"""What was agreed, and the end of a conference."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor, worker_actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier, Membership
from nabij.audit.models import Event
from nabij.casework.actions import WORKS
from nabij.commitments.actions import close_commitment, open_task
from nabij.conferences.models import Agreement, Conference
from nabij.core.errors import Absent, Refused

from .steps import check_resident_part, end_openings, still_to_come

HELD = "held"
Audience = Conference.Audience


@action("conferences.add_agreement", allow=WORKS, on="conference", event=Event.CREATE)
def add_agreement(
    *, actor: Actor, at: datetime, conference: Conference, text: str, dossier: Dossier, due_at: datetime, owner: Membership | None = None, outsider: str = ""
) -> Agreement:
    """Write down an agreement: what, who, by when, about whom. It becomes a task at once, so that it never stands in minutes only.

    Of somebody from outside the coordinator owns it, and looks whether it happened. Raises Refused: nothing or nobody named, a date that
    has passed, a colleague who may not open this dossier, or a conference that is over.
    """
    still_to_come(actor=actor, at=at, conference=conference)
    if not text.strip():
        raise Refused(_("Write what was agreed."), field="text")
    if owner is None and not outsider.strip():
        raise Refused(_("Choose a colleague, or write who does it."), field="owner")
    if due_at < at:
        raise Refused(_("This date has passed. Choose today or later."), field="due_on")
    if not conference.case.case_dossiers.filter(dossier__root_id=dossier.root_id).exists():
        raise Absent
    answers = owner or conference.case.commitment.owner
    if not Dossier.objects.visible_to(worker_actor(answers.worker, at=at)).filter(pk=dossier.pk).exists():
        raise Refused(_("%(name)s cannot open this dossier. Choose somebody else, or write the name as somebody from outside.") % {"name": answers.worker.name}, field="owner")
    # no words of the agreement: the board is read over shoulders
    what = _("Agreed at the case conference") if owner else _("Look whether it happened: agreed at the case conference")
    note = text.strip() if owner else _("%(who)s: %(what)s") % {"who": outsider.strip(), "what": text.strip()}
    task = open_task(actor=actor, at=at, what=what, owner=answers, due_at=due_at, dossier=dossier, note=note)
    return Agreement.objects.create(conference=conference, text=text.strip(), outsider="" if owner else outsider.strip(), task=task)


@action("conferences.hold", allow=WORKS, on="conference")
def hold_conference(
    *, actor: Actor, at: datetime, conference: Conference, resident_part: str, resident_why: str = "", audience: str = Audience.TEAM,
    notes: str = "", nothing_agreed: str = "",
) -> Conference:  # fmt: skip
    """Write down that it was held: who of the resident's side was there, the notes with their audience; access that was opened for it ends.

    Raises Refused: before its day, no agreements and no reason why nothing was agreed, or held already.
    """
    commitment = still_to_come(actor=actor, at=at, conference=conference)
    if conference.starts_at.astimezone(at.tzinfo).date() > actor.on:
        raise Refused(_("This conference is still to come. Change its date first, if it was held sooner."))
    check_resident_part(actor=actor, at=at, part=resident_part, why=resident_why)
    if audience not in Audience.values:
        raise Refused(_("Choose who may read the notes."), field="audience")
    if not conference.agreements.exists() and not nothing_agreed.strip():
        raise Refused(_("Write down the agreements first, or why nothing was agreed."), field="nothing_agreed")
    private = audience == Audience.PRIVATE
    conference.notes, conference.private_notes = ("", notes.strip()) if private else (notes.strip(), "")
    conference.resident_part, conference.resident_why, conference.audience = resident_part, resident_why.strip(), audience
    conference.nothing_agreed, conference.held_at = nothing_agreed.strip(), at
    conference.noted_by_id = actor.acting_in(commitment.team_id)
    raise_version(conference)
    conference.save()
    close_commitment(actor=actor, at=at, commitment=commitment, outcome=HELD)
    end_openings(actor=actor, at=at, conference=conference)
    return conference

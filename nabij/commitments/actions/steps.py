"""The only places that write a commitment. Each is part of an action of some room."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.access.models import Dossier, Membership, Team
from nabij.commitments.models import Commitment
from nabij.commitments.queries import may_open
from nabij.core.errors import Refused
from nabij.core.text import one_line


@step
def open_commitment(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    what: str,
    team: Team,
    owner: Membership,
    due_at: datetime,
    dossier: Dossier | None = None,
    urgency: int = 2,
    term_at: datetime | None = None,
    taken: bool = False,
) -> Commitment:
    """Open a commitment: one owner, one next date, from the first moment. Raises IntegrityError when the database says no."""
    return Commitment.objects.create(
        municipality_id=team.municipality_id,
        team=team,
        dossier=dossier,
        kind=kind,
        what=one_line(what, 120),
        owner=owner,
        due_at=due_at,
        term_at=term_at,
        urgency=urgency,
        opened_at=at,
        taken_at=at if taken else None,
        turned_by_id=actor.acting_in(team.pk),
        turned_at=at,
    )


def _save(commitment: Commitment, *, actor: Actor, at: datetime, fields: list[str]) -> Commitment:
    raise_version(commitment)
    commitment.turned_by_id = actor.acting_in(commitment.team_id)
    commitment.turned_at = at
    commitment.save(update_fields=[*fields, "version", "turned_by", "turned_at"])
    return commitment


@step
def move_owner(
    *, actor: Actor, at: datetime, commitment: Commitment, owner: Membership, due_at: datetime | None = None, left_by: Membership | None = None
) -> Commitment:
    """Let another person answer for it, in that person's team. `left_by`: who had to leave it behind, until somebody chooses a successor.

    Raises Refused when closed, or when the new owner has left or is blocked.
    """
    if not commitment.is_open:
        raise Refused(_("This is already finished."))
    if owner.ended_at or owner.worker.blocked_at or (owner.until_on and owner.until_on < actor.on):
        raise Refused(_("%(name)s does not work in this team any more. Choose somebody else.") % {"name": owner.worker.name}, field="owner")
    commitment.owner, commitment.team, commitment.left_by = owner, owner.team, left_by
    if due_at:
        commitment.due_at = due_at
    return _save(commitment, actor=actor, at=at, fields=["owner", "team", "left_by", "due_at"])


@step
def pass_on(
    *, actor: Actor, at: datetime, commitment: Commitment, owner: Membership, due_at: datetime | None = None, left_by: Membership | None = None
) -> Commitment:
    """Let a colleague answer for it; they see it as new until they take it. Of a case, the rooms above move what belongs to it as well.

    Raises Refused: the colleague may not open the resident's dossier (a volunteer, or a restricted one), and as move_owner.
    """
    if commitment.dossier_id and not may_open(member=owner, dossier_id=commitment.dossier_id, at=at):
        raise Refused(_("%(name)s may not open this dossier. Give access first, or choose somebody else.") % {"name": owner.worker.name}, field="owner")
    commitment.taken_at = None
    commitment.save(update_fields=["taken_at"])
    return move_owner(actor=actor, at=at, commitment=commitment, owner=owner, due_at=due_at, left_by=left_by)


@step
def set_due(*, actor: Actor, at: datetime, commitment: Commitment, due_at: datetime, kept_word: bool = False) -> Commitment:
    """Set the next date. Moving it later without contact counts as a postponement; `kept_word`: there was contact, so the count starts anew.

    Raises Refused when closed.
    """
    if not commitment.is_open:
        raise Refused(_("This is already finished."))
    if kept_word:
        commitment.postponed = 0
    elif commitment.due_at and due_at > commitment.due_at:
        commitment.postponed += 1
    commitment.due_at = due_at
    return _save(commitment, actor=actor, at=at, fields=["due_at", "postponed"])


@step
def close_commitment(*, actor: Actor, at: datetime, commitment: Commitment, outcome: str) -> Commitment:
    """Close it with an outcome; a running pause ends with it. Raises Refused when it is closed already."""
    if not commitment.is_open:
        raise Refused(_("This is already finished."))
    commitment.pauses.filter(ended_at__isnull=True).update(ended_at=at)
    commitment.closed_at = at
    commitment.outcome = outcome
    return _save(commitment, actor=actor, at=at, fields=["closed_at", "outcome"])


@step
def reopen(*, actor: Actor, at: datetime, commitment: Commitment, owner: Membership, due_at: datetime) -> Commitment:
    """Open it again with an owner and a date; the Turn keeps the old outcome. Raises Refused when it is open."""
    if commitment.is_open:
        raise Refused(_("This is still open."))
    commitment.closed_at, commitment.outcome = None, ""
    commitment.owner, commitment.team, commitment.due_at, commitment.left_by = owner, owner.team, due_at, None
    return _save(commitment, actor=actor, at=at, fields=["closed_at", "outcome", "owner", "team", "due_at", "left_by"])

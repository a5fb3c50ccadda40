"""What somebody leaves behind when the access stops before there was a successor."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from nabij.access.actions import give_grant
from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.access.models import Acquaintance, ActingLead, DutyTurn, Grant, Membership
from nabij.commitments.models import Commitment, StandIn
from nabij.commitments.queries import leads_of, may_open
from nabij.core.errors import Refused

from .steps import move_owner

LOOK_WITHIN = timedelta(days=1)


@step
def leave_behind(*, actor: Actor, at: datetime, membership: Membership) -> int:
    """Give all that hangs on a membership to the lead's worklist, with a date of one day, marked with whose it was.

    Open work (also what waits for an answer or rests), colleagues for whom they stand in, turns of duty to come. Returns how many commitments.
    Raises Refused: nobody of the team is left who could take it.
    """
    rows = Commitment.objects.open().filter(owner=membership).select_related("dossier__controller", "team__lead__worker", "team__lead_substitute__worker")
    rows = list(rows.select_for_update(of=("self",)).order_by("pk"))
    heirs: dict[int, list[Membership]] = {}
    for row in rows:
        able = heirs.setdefault(row.team_id, leads_of(team=row.team, worker_id=membership.worker_id, at=at))
        row.taken_at = None
        row.save(update_fields=["taken_at"])
        due_at = min(row.due_at, at + LOOK_WITHIN)
        move_owner(actor=actor, at=at, commitment=row, owner=_heir(actor, at, row, able), due_at=due_at, left_by=membership)
    _leave_seats(actor, at, membership)
    return len(rows)


def _heir(actor: Actor, at: datetime, row: Commitment, able: list[Membership]) -> Membership:
    """Return the first who may open what hangs on a dossier; it is opened for them, but never of somebody they know."""
    for member in able:
        if row.dossier_id is None or may_open(member=member, dossier_id=row.dossier_id, at=at):
            return member
        known = Acquaintance.objects.filter(worker_id=member.worker_id, dossier__root_id=row.dossier.root_id)
        if not known.exists() and member.team.controller_id == row.dossier.controller_id:
            basis, kind = "Wmo 2015 art. 5.1.1", Grant.Kind.SUBSTITUTE
            give_grant(actor=actor, at=at, dossier=row.dossier, worker=member.worker, kind=kind, purpose="casework", basis=basis)
            return member
    if able:  # closed to every one of them: still a person who answers, and who can give it to somebody else
        return able[0]
    raise Refused(_("The lead and the substitute of %(team)s are both blocked or gone. Name another lead first.") % {"team": row.team.name})


def _leave_seats(actor: Actor, at: datetime, membership: Membership) -> None:
    """Let the team's queue stand in where they did, and give their turns of duty back."""
    for row in StandIn.objects.ahead(actor.on).filter(substitute=membership):
        row.substitute = None
        raise_version(row)
        row.save(update_fields=["substitute", "version"])
    lapsed = StandIn.objects.filter(ended_at__isnull=True)
    lapsed.filter(substitute=membership, until_on__lt=actor.on).update(ended_at=at)
    lapsed.filter(membership=membership).update(ended_at=at)
    ActingLead.objects.filter(membership=membership, ended_at__isnull=True).update(ended_at=at)
    DutyTurn.objects.filter(membership=membership, on__gte=actor.on).delete()


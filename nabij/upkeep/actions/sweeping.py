"""Repairs of what time broke. Only the system does these; each one is written down."""

from datetime import date, datetime
from pathlib import Path

from nabij.access.actions import end_grant, give_grant
from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier, Grant, Membership
from nabij.audit.actions import purge_sealed
from nabij.audit.models import Event
from nabij.commitments.actions import pass_on
from nabij.commitments.models import Commitment, Pause, StandIn
from nabij.core.errors import Absent
from nabij.drafts.keeping import stale_drafts
from nabij.signals.actions import erase_signal
from nabij.signals.models import Signal
from nabij.upkeep.limits import RECORD_KEPT
from nabij.upkeep.queries import can_open, is_acquainted, stale_requests


@action("upkeep.move_work", allow={}, on="membership")
def move_work(*, actor: Actor, at: datetime, membership: Membership, successors: list[Membership]) -> int:
    """Let the first successor who may answer for all that a membership still owns; they see it as new until they take it. Returns how many.

    What they could not open before is opened for them as a substitute, for the same work. Raises Absent: nobody can, for at least one.
    """
    rows = (
        Commitment.objects.open()
        .filter(owner=membership)
        .select_related("dossier")
        .select_for_update(of=("self",))
        .order_by("id")
    )
    for row in rows:
        pass_on(actor=actor, at=at, commitment=row, owner=_fitting(actor, at, row, successors), left_by=membership)
    return len(rows)


def _fitting(actor: Actor, at: datetime, row: Commitment, successors: list[Membership]) -> Membership:
    """Return the first who may open what hangs on a dossier; who knows the resident in private life is passed over."""
    for successor in successors:
        if row.dossier is None or can_open(membership=successor, dossier_id=row.dossier_id, at=at):
            return successor
        if not is_acquainted(membership=successor, dossier=row.dossier):
            give_grant(
                actor=actor,
                at=at,
                dossier=row.dossier,
                worker=successor.worker,
                kind=Grant.Kind.SUBSTITUTE,
                purpose="casework",
                basis="Wmo 2015 art. 5.1.1",
            )
            return successor
    raise Absent


@action("upkeep.wake", allow={}, on="pause")
def wake_pause(*, actor: Actor, at: datetime, pause: Pause) -> Pause:
    """End a pause whose date has come. What was paused stays with its owner, on the date that a person chose."""
    pause.ended_at = at
    raise_version(pause)
    pause.save(update_fields=["ended_at", "version"])
    return pause


@action("upkeep.end_grant", allow={}, on="grant")
def close_grant(*, actor: Actor, at: datetime, grant: Grant) -> Grant:
    """Close a grant whose last day has passed; it gave no access any more."""
    return end_grant(actor=actor, at=at, grant=grant)


@action("upkeep.hand_on", allow={}, on="commitment")
def hand_on(*, actor: Actor, at: datetime, commitment: Commitment, owner: Membership) -> Commitment:
    """Give an untaken signal to the colleague who is on duty next. Its date stays: waiting longer is not hidden."""
    return pass_on(actor=actor, at=at, commitment=commitment, owner=owner)


@action("upkeep.drop_drafts", allow={}, event=Event.REMOVE)
def drop_drafts(*, actor: Actor, at: datetime) -> int:
    """Throw away drafts that nobody touched for 30 days; return how many."""
    return stale_drafts(at=at).delete()[0]


@action("upkeep.forget_requests", allow={}, event=Event.REMOVE)
def forget_requests(*, actor: Actor, at: datetime) -> int:
    """Forget requests that were carried out more than 30 days ago; return how many."""
    return stale_requests(at=at).delete()[0]


@action("upkeep.forget_record", allow={}, event=Event.REMOVE)
def forget_record(*, actor: Actor, at: datetime) -> int:
    """Remove whole sealed ranges of the record after five years; return how many entries. The seals stay, so that the rest is still proven."""
    return purge_sealed(before=at - RECORD_KEPT, reason="five years", at=at)


@action("upkeep.keep_spoken", allow={}, on="dossier")
def keep_spoken(*, actor: Actor, at: datetime, dossier: Dossier, until: date) -> Dossier:
    """Keep the dossier of who was spoken since it was opened: welfare contact is kept from the last contact, also without a case."""
    dossier.erase_on = max(dossier.erase_on, until)
    raise_version(dossier)
    dossier.save(update_fields=["erase_on", "version"])
    return dossier


@action("upkeep.empty_signal", allow={}, on="signal", event=Event.REMOVE)
def empty_signal(*, actor: Actor, at: datetime, signal: Signal) -> Signal:
    """Empty a signal that was never linked to a resident, six months after it was closed (terms of signals); its skeleton stays."""
    return erase_signal(actor=actor, at=at, signal=signal)


@action("upkeep.close_stand_in", allow={}, on="stand_in")
def close_stand_in(*, actor: Actor, at: datetime, stand_in: StandIn) -> StandIn:
    """Close a substitution whose last day has passed; the work was never moved, so it is back with its owner by itself."""
    stand_in.ended_at = at
    raise_version(stand_in)
    stand_in.save(update_fields=["ended_at", "version"])
    return stand_in


@action("upkeep.drop_files", allow={}, event=Event.REMOVE)
def drop_files(*, actor: Actor, at: datetime, files: list[Path]) -> int:
    """Throw away encrypted files that belong to no row: the act that kept them was undone. Returns how many."""
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)

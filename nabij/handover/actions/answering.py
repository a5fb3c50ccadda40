"""The receipt: yes, or no with a reason; and the end without a contact."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from nabij.access.actions import give_grant
from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier, Grant, Membership, Role, Scope
from nabij.casework.actions import change_coordinator
from nabij.commitments.actions import close_commitment, pass_on, set_due
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, Kind
from nabij.commitments.queries import may_open
from nabij.contacts.actions import pass_private_texts
from nabij.core.errors import Absent, Refused
from nabij.handover.models import HandoverItem
from nabij.handover.sources import passing
from nabij.meldcode.models import Meldcode

from .offering import OFFERS

ANSWERS = OFFERS | {Role.LEAD: Scope.OWN}
DAYS_TO_MEET = 5  # working days until the first real contact
BASIS = "Wmo 2015 art. 5.1.1"
OWN_KINDS = [Grant.Kind.CASEWORK, Grant.Kind.RESTRICTED, Grant.Kind.SUBSTITUTE]


def _waiting(actor: Actor, item: HandoverItem) -> Commitment:
    """Return the commitment of an item, held until the end of this action, for who was asked. Raises Absent; Refused: over."""
    row = Commitment.objects.select_for_update().get(pk=item.pk)
    item.refresh_from_db(fields=["accepted_at"])
    if row.owner.worker_id != actor.worker_id:
        raise Absent
    if not row.is_open:
        raise Refused(_("This was answered already."))
    item.commitment = row
    return row


@action("handover.accept", allow=ANSWERS, on="item")
def accept_item(*, actor: Actor, at: datetime, item: HandoverItem) -> HandoverItem:
    """Say yes: from now on you answer for it. All that is open for this resident passes on, with the access and the chosen notes.

    The handover closes by itself with the first real contact; the date for that is five working days from now. Raises Absent; Refused:
    answered already, or the dossier stays closed for you.
    """
    row = _waiting(actor, item)
    if item.accepted_at:
        raise Refused(_("This was answered already."))
    leaver, owner = item.handover.membership, _successor(item)
    moved = _pass_all(actor, at, item, owner)
    item.accepted_at = at
    raise_version(item)
    item.save(update_fields=["accepted_at", "version"])
    if item.dossier is None or item.along or not moved:
        close_commitment(actor=actor, at=at, commitment=row, outcome="accepted" if moved else "not_needed")
        return item
    if item.notes == HandoverItem.Notes.PRIVATE:
        pass_private_texts(actor=actor, at=at, dossier=item.dossier, author=leaver.worker, to=owner.worker)
    _end_reading_along(item, at)
    _limit_leaver(actor, item)
    row.dossier, row.taken_at = item.dossier, at
    row.save(update_fields=["dossier", "taken_at"])
    set_due(actor=actor, at=at, commitment=row, due_at=end_of(working_days_after(actor.on, DAYS_TO_MEET)), kept_word=True)
    return item


def _successor(item: HandoverItem) -> Membership:
    owner = item.successor
    if owner.ended_at or owner.worker.blocked_at:
        raise Refused(_("%(name)s does not work in this team any more. Choose somebody else.") % {"name": owner.worker.name})
    return owner


def _pass_all(actor: Actor, at: datetime, item: HandoverItem, owner: Membership) -> int:
    """Move everything that is open; return how many. Of a case its activities and its access go along."""
    leaver = item.handover.membership
    if item.about_id:
        rows = list(passing(membership=leaver).filter(pk=item.about_id).values_list("pk", flat=True))
    else:
        rows = list(passing(membership=leaver, root_id=item.dossier.root_id).order_by("pk").values_list("pk", flat=True))
        if rows and item.along:
            _move_dossier(actor, at, item.dossier, owner)
        if rows:
            _open(actor, at, item.dossier, owner)
    for pk in rows:
        _open_meldcode(actor, at, pk, owner)
        row = Commitment.objects.select_for_update().get(pk=pk)
        if not row.is_open or (row.owner_id == owner.pk and row.left_by_id is None):
            continue  # finished at this moment, or went along with its case
        if row.kind == Kind.HANDOVER and _returns_to_asker(actor, at, row, owner):
            continue
        if row.kind == Kind.CASE:
            change_coordinator(actor=actor, at=at, case=row.case, owner=owner)
        else:
            pass_on(actor=actor, at=at, commitment=row, owner=owner)
    Commitment.objects.open().filter(pk__in=rows).update(taken_at=at)
    return len(rows)


def _returns_to_asker(actor: Actor, at: datetime, row: Commitment, owner: Membership) -> bool:
    """A question that comes to the very colleague who asked it is taken back: it stands on their own worklist still."""
    mine = HandoverItem.objects.filter(pk=row.pk, accepted_at__isnull=True, handover__membership__worker_id=owner.worker_id)
    if mine.exists():
        close_commitment(actor=actor, at=at, commitment=row, outcome="withdrawn")
        return True
    return False


def _open_meldcode(actor: Actor, at: datetime, pk: int, owner: Membership) -> None:
    """A reporting code hangs on no dossier, so that lists say nothing; who answers for it must be able to open the person's."""
    code = Meldcode.objects.filter(pk=pk).select_related("dossier").first()
    if code is not None:
        _open(actor, at, code.dossier, owner)


def _open(actor: Actor, at: datetime, dossier: Dossier, owner: Membership) -> None:
    """Open the dossier for the successor; a restricted one by name. Raises Refused when it stays closed: somebody they know."""
    restricted = Dossier.objects.filter(pk=dossier.root_id, restricted=True).exists()
    kind = Grant.Kind.RESTRICTED if restricted else Grant.Kind.CASEWORK
    if restricted or not may_open(member=owner, dossier_id=dossier.pk, at=at):
        give_grant(actor=actor, at=at, dossier=dossier, worker=owner.worker, kind=kind, purpose="casework", basis=BASIS)
    if not may_open(member=owner, dossier_id=dossier.pk, at=at):
        raise Refused(_("%(name)s cannot work with this resident. Choose somebody else.") % {"name": owner.worker.name})


def _move_dossier(actor: Actor, at: datetime, dossier: Dossier, owner: Membership) -> None:
    """Let the dossier belong to the other team; colleagues who still answer for something of this resident keep the access."""
    Dossier.objects.filter(root_id=dossier.root_id).update(team=owner.team, version=F("version") + 1)
    open_here = Commitment.objects.open().filter(dossier__root_id=dossier.root_id).select_related("owner__worker")
    for worker in {row.owner.worker for row in open_here.exclude(owner__worker_id=owner.worker_id)}:
        give_grant(actor=actor, at=at, dossier=dossier, worker=worker, kind=Grant.Kind.CASEWORK, purpose="casework", basis=BASIS)


def _end_reading_along(item: HandoverItem, at: datetime) -> None:
    Grant.objects.filter(purpose=item.purpose, ended_at__isnull=True).update(ended_at=at)


def _limit_leaver(actor: Actor, item: HandoverItem) -> None:
    """Let who hands over read and add until the agreed day, then it ends by itself; what was given by name before ends with it."""
    worker, root = item.handover.membership.worker, item.dossier.root_id
    if Commitment.objects.open().filter(owner__worker=worker, dossier__root_id=root).exists():
        return  # still answers for something of this resident
    given = Grant.objects.filter(worker=worker, dossier__root_id=root, kind__in=OWN_KINDS, ended_at__isnull=True, until_on__isnull=True)
    given.update(until_on=item.leaver_until or actor.on)
    if item.leaver_until:
        Grant.objects.create(
            dossier=item.dossier, worker=worker, kind=Grant.Kind.CASEWORK, purpose=item.purpose, basis=BASIS, from_on=actor.on, until_on=item.leaver_until
        )


@action("handover.refuse", allow=ANSWERS, on="item")
def refuse_item(*, actor: Actor, at: datetime, item: HandoverItem, because: str) -> HandoverItem:
    """Say no, with a reason: it stands on the worklist of the handover again. Raises Absent; Refused: no reason, or answered already."""
    row = _waiting(actor, item)
    if item.accepted_at:
        raise Refused(_("This was answered already."))
    return _end_with(actor, at, item, row, because, "refused")


@action("handover.close", allow=ANSWERS, on="item")
def close_item(*, actor: Actor, at: datetime, item: HandoverItem, because: str) -> HandoverItem:
    """End a handover without a first contact, with a reason: moved, died, no contact wanted. Raises Absent; Refused: no reason, or no yes yet."""
    row = _waiting(actor, item)
    if not item.accepted_at:
        raise Refused(_("Say yes or no first."))
    return _end_with(actor, at, item, row, because, "without_contact")


def _end_with(actor: Actor, at: datetime, item: HandoverItem, row: Commitment, because: str, outcome: str) -> HandoverItem:
    if not because.strip():
        raise Refused(_("Give a reason: the colleague who asked reads it."), field="because")
    item.answer = because.strip()[:300]
    raise_version(item)
    item.save(update_fields=["answer", "version"])
    close_commitment(actor=actor, at=at, commitment=row, outcome=outcome)
    _end_reading_along(item, at)
    return item

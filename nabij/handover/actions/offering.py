"""Ask a colleague to take over."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Acquaintance, Dossier, Grant, Membership, Role, Scope
from nabij.audit.models import Event
from nabij.commitments.actions import close_commitment, open_commitment
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, Kind
from nabij.commitments.queries import may_open
from nabij.core.errors import Absent, Refused
from nabij.handover.models import Handover, HandoverItem
from nabij.handover.sources import passing
from nabij.handover.standing import check_giver, running

OFFERS = {Role.LEAD: Scope.TEAM, Role.WORKER: Scope.OWN, Role.GGD: Scope.OWN, Role.VOLUNTEER: Scope.OWN, Role.YOUTH_WORKER: Scope.OWN}
DAYS_TO_ANSWER = 2  # working days
LONGEST_OVERLAP = timedelta(days=92)  # asks.md 7: thirty days were asked for; a quarter is the end of any transition


@action("handover.offer", allow=OFFERS, event=Event.CREATE)
def offer_item(
    *, actor: Actor, at: datetime, membership: Membership, to: Membership | None = None, dossier: Dossier | None = None,
    commitment: Commitment | None = None, notes: str = HandoverItem.Notes.TEAM, told: str = "", told_because: str = "", words: str = "",
    leaver_until: date | None = None, reads_along: bool = False, along: bool = False,
) -> HandoverItem:  # fmt: skip
    """Ask a colleague to take over one resident, or one thing without a resident. Nothing changes owner before the answer.

    `notes`: which notes pass on; `told`: what the resident knows; `leaver_until`: until when who hands over reads and adds;
    `reads_along`: the colleague may read from now on; `along`: the resident goes along to the other team, whose lead answers.
    Raises Absent; Refused: no handover runs, nothing left here, asked already, or this colleague cannot take it.
    """
    check_giver(actor, membership)
    handover = _handover(actor, at, membership)
    root = dossier.root_id if dossier else None
    about = None if dossier else commitment
    if dossier is None and commitment is None:
        raise Absent
    work = passing(membership=membership, root_id=root) if dossier else passing(membership=membership).filter(pk=commitment.pk, dossier__isnull=True)
    if not work.exists():
        raise Refused(_("Nothing of this is left on the worklist."))
    _check_once(handover, root, about)
    receiver = _receiver(handover, to, along=along)
    opened = dossier if dossier and may_open(member=receiver, dossier_id=dossier.pk, at=at) else None
    _check_receiver(membership, receiver, dossier if opened is None else None)
    if dossier and told not in HandoverItem.Told.values:
        raise Refused(_("Say whether the resident knows."), field="told")
    if told == HandoverItem.Told.NOT_TOLD and not told_because.strip():
        raise Refused(_("Say why the resident was not told yet."), field="told_because")
    if leaver_until and not actor.on <= leaver_until <= actor.on + LONGEST_OVERLAP:
        raise Refused(_("Choose a day in the coming three months."), field="leaver_until")
    row = open_commitment(
        actor=actor, at=at, kind=Kind.HANDOVER, what=_("Handover from %(name)s") % {"name": membership.worker.name}, team=receiver.team,
        owner=receiver, due_at=end_of(working_days_after(actor.on, DAYS_TO_ANSWER)), dossier=opened, taken=True,
    )  # fmt: skip
    item = HandoverItem.objects.create(
        commitment=row, handover=handover, dossier=dossier, about=about, along=along, notes=notes, told=told if dossier else "",
        told_because=told_because if told == HandoverItem.Told.NOT_TOLD else "", words=words, leaver_until=leaver_until,
    )  # fmt: skip
    if reads_along and dossier and opened is None:
        _let_read(actor, item, receiver)
    return item


def _handover(actor: Actor, at: datetime, membership: Membership) -> Handover:
    """Return the handover that runs; after an emergency stop it begins with the first question."""
    found = running(membership)
    if found is None and passing(membership=membership).filter(left_by=membership).exists():
        found = Handover.objects.create(membership=membership, reason=Handover.Reason.EMERGENCY, planned_on=working_days_after(actor.on, 1), started_at=at)
    if found is None:
        raise Refused(_("Begin a handover first: say why, and by which day."))
    return found


def _check_once(handover: Handover, root: int | None, about: Commitment | None) -> None:
    asked = handover.items.filter(commitment__closed_at__isnull=True, accepted_at__isnull=True).select_related("commitment__owner__worker")
    found = (asked.filter(dossier__root_id=root) if root else asked.filter(about=about)).first()
    if found:
        raise Refused(_("%(name)s was asked already. Wait for the answer, or take the question back.") % {"name": found.commitment.owner.worker.name})


def _receiver(handover: Handover, to: Membership | None, *, along: bool) -> Membership:
    """Return who answers: the colleague, or the lead of the other team when the resident goes along."""
    if along:
        place = handover.to_membership
        lead = place.team.lead if place else None
        if lead is None or place.team.controller_id != handover.membership.team.controller_id:
            raise Refused(_("The resident can only go along to a team of the same organisation that has a lead."), field="along")
        return lead
    if to is None:
        raise Refused(_("Choose a colleague"), field="owner")
    return to


def _check_receiver(membership: Membership, receiver: Membership, dossier: Dossier | None) -> None:
    name = {"name": receiver.worker.name}
    if receiver.worker_id == membership.worker_id:
        raise Refused(_("Choose somebody else."), field="owner")
    if receiver.ended_at or receiver.worker.blocked_at:
        raise Refused(_("%(name)s does not work in this team any more. Choose somebody else.") % name, field="owner")
    if dossier is not None:
        known = Acquaintance.objects.filter(worker_id=receiver.worker_id, dossier__root_id=dossier.root_id).exists()
        if known or receiver.team.controller_id != dossier.controller_id:
            raise Refused(_("%(name)s cannot work with this resident. Choose somebody else.") % name, field="owner")


def _let_read(actor: Actor, item: HandoverItem, receiver: Membership) -> None:
    """Open the dossier for who was asked, until the planned day; a no ends it at once."""
    until = max(item.handover.planned_on, actor.on)
    Grant.objects.create(
        dossier=item.dossier, worker=receiver.worker, kind=Grant.Kind.CASEWORK, purpose=item.purpose, basis="Wmo 2015 art. 5.1.1", from_on=actor.on, until_on=until
    )


@action("handover.offer_several", allow=OFFERS, event=Event.CREATE)
def offer_several(*, actor: Actor, at: datetime, membership: Membership, to: Membership, wanted: list[Any], told: str, **choices: Any) -> Handover:
    """Ask one colleague to take over several residents or things at once: all of them or none. Raises as offer_item."""
    if not wanted:
        raise Refused(_("Tick at least one row."), field="rows")
    for row in wanted:
        about = {"dossier": row} if isinstance(row, Dossier) else {"commitment": row}
        item = offer_item(actor=actor, at=at, membership=membership, to=to, told=told, **choices, **about)
    return item.handover


# An item is of who was asked; who takes it back is who gives, so the door looks at the function and `check_giver` at whose it is.
@action("handover.withdraw", allow=OFFERS)
def withdraw_item(*, actor: Actor, at: datetime, item: HandoverItem) -> HandoverItem:
    """Take a question back before the answer; it stands on the worklist again. Raises Absent; Refused: answered already."""
    check_giver(actor, item.handover.membership)
    row = Commitment.objects.select_for_update().get(pk=item.pk)
    item.refresh_from_db(fields=["accepted_at"])
    if item.accepted_at or not row.is_open:
        raise Refused(_("This was answered already."))
    close_commitment(actor=actor, at=at, commitment=row, outcome="withdrawn")
    Grant.objects.filter(purpose=item.purpose, ended_at__isnull=True).update(ended_at=at)
    return item

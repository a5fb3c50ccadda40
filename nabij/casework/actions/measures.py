"""Maatwerk buiten de regels: a measure of our own, with its reason, and a colleague's word above the municipality's amount."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor, worker_actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier, Membership, Municipality, Role, Scope
from nabij.audit.models import Event
from nabij.casework.models import Activity, Breakthrough, BreakthroughLimit, Case
from nabij.casework.models.measures import euros
from nabij.casework.queries.measures import limit_of
from nabij.commitments.actions import close_commitment, move_owner, open_task
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused

from .helping import add_activity
from .steps import WORKS, open_commitment_of

WORD_DAYS = 2  # working days for the colleague; an internal promise
READ_DAYS = 1  # working days in which the asker reads why not
REFUSED = "refused"
SETS = {Role.ADMINISTRATOR: Scope.MUNICIPALITY}
State = Breakthrough.State


@action("casework.breakthrough", allow=WORKS, on="case", event=Event.CREATE)
def ask_breakthrough(
    *, actor: Actor, at: datetime, case: Case, text: str, reason: str, rung: int, carrier: str,
    amount: Decimal | None = None, peer: Membership | None = None, due_at: datetime | None = None,
) -> Breakthrough:  # fmt: skip
    """Put a measure outside the standard offer into the plan, with the reason. Up to the municipality's amount it is agreed at once.

    Above that a colleague owns it for two working days and says yes or no. `amount` in euros, None: it costs nothing. Raises Refused:
    closed, no reason, an amount of nothing, or no colleague chosen who may give this word.
    """
    plan = open_commitment_of(actor=actor, at=at, case=case)
    if not reason.strip():
        raise Refused(_("Write why the standard offer does not fit here."), field="reason")
    if amount is not None and amount <= 0:
        raise Refused(_("Write an amount above zero, or leave it empty."), field="amount")
    limit = limit_of(municipality_id=plan.municipality_id)
    waits = amount is not None and amount > limit
    if waits:
        _check_peer(actor, at, plan, peer, limit)
    activity = add_activity(actor=actor, at=at, case=case, text=text, rung=rung, carrier=carrier, due_at=due_at)
    Commitment.objects.filter(pk=activity.pk).update(what=_("Measure outside the rules"))
    if waits:
        activity.shares_date = False
        activity.save(update_fields=["shares_date"])
        word_by = end_of(working_days_after(timezone.localdate(at), WORD_DAYS))
        move_owner(actor=actor, at=at, commitment=activity.commitment, owner=peer, due_at=word_by)
    return Breakthrough.objects.create(
        activity=activity, reason=reason.strip(), amount=amount, limit=limit, state=State.ASKED if waits else State.AGREED,
        asked_by_id=actor.acting_in(plan.team_id), asked_at=at, wanted_at=due_at,
    )  # fmt: skip


def _check_peer(actor: Actor, at: datetime, plan: Commitment, peer: Membership | None, limit: Decimal) -> None:
    if peer is None:
        raise Refused(_("Above %(amount)s a colleague looks along. Choose who.") % {"amount": euros(limit)}, field="peer")
    if peer.worker_id == actor.worker_id or not peer.paid or peer.role not in WORKS:
        raise Refused(_("Choose another paid colleague."), field="peer")
    if not Dossier.objects.visible_to(worker_actor(peer.worker, at=at)).filter(pk=plan.dossier_id).exists():
        raise Refused(_("%(name)s cannot open this resident's dossier. Choose somebody else.") % {"name": peer.worker.name}, field="peer")


@action("casework.breakthrough_word", allow=WORKS, on="breakthrough")
def give_word(*, actor: Actor, at: datetime, breakthrough: Breakthrough, agrees: bool, words: str = "") -> Breakthrough:
    """Say yes or no to a colleague's measure. Yes: the coordinator carries it on. No: with the reason, and the asker gets a task to read it.

    Any paid colleague who may open the case, never who asked. Raises Refused: oneself, said already, closed meanwhile, or a no without reason.
    """
    row = Breakthrough.objects.select_for_update().get(pk=breakthrough.pk)
    plan = open_commitment_of(actor=actor, at=at, case=breakthrough.activity.case)
    commitment = Commitment.objects.select_for_update().get(pk=row.activity_id)
    if row.state != State.ASKED or not commitment.is_open:
        raise Refused(_("A word about this measure was given already."))
    if row.asked_by.worker_id == actor.worker_id:
        raise Refused(_("You asked for this yourself. Another colleague gives the word."))
    if not agrees and not words.strip():
        raise Refused(_("Write why not. Your colleague reads it."), field="words")
    row.state = State.AGREED if agrees else State.REFUSED
    row.peer_id, row.peer_at, row.peer_word = actor.acting_in(plan.team_id), at, words.strip()
    raise_version(row)
    row.save(update_fields=["state", "peer", "peer_at", "peer_word", "version"])
    if agrees:
        _carry_on(actor, at, row, commitment, plan)
    else:
        close_commitment(actor=actor, at=at, commitment=commitment, outcome=REFUSED)
        _tell(actor, at, row, plan)
    return row


def _carry_on(actor: Actor, at: datetime, row: Breakthrough, commitment: Commitment, plan: Commitment) -> None:
    """Give it to the coordinator, on the day that was asked, else with the plan."""
    passed = row.wanted_at is not None and row.wanted_at < at
    due_at = end_of(working_days_after(timezone.localdate(at), 1)) if passed else row.wanted_at or plan.due_at
    move_owner(actor=actor, at=at, commitment=commitment, owner=plan.owner, due_at=due_at)
    Activity.objects.filter(pk=row.activity_id).update(shares_date=row.wanted_at is None)


def _tell(actor: Actor, at: datetime, row: Breakthrough, plan: Commitment) -> None:
    """A no comes back as a task, not only as a message: with who asked, or with the coordinator when they left."""
    asker = row.asked_by
    gone = asker.ended_at or asker.worker.blocked_at
    due_at = end_of(working_days_after(timezone.localdate(at), READ_DAYS))
    open_task(
        actor=actor, at=at, what=_("A colleague did not agree to a measure: read why"), owner=plan.owner if gone else asker,
        due_at=due_at, dossier=plan.dossier, note=row.peer_word,
    )  # fmt: skip


@action("casework.breakthrough_limit", allow=SETS, event=Event.CREATE)
def set_limit(*, actor: Actor, at: datetime, municipality: Municipality, amount: Decimal) -> BreakthroughLimit:
    """Set up to which amount somebody decides alone, from now on; what was asked before keeps its limit. Raises Refused below zero; Absent."""
    actor.stay_in(municipality.pk)
    if amount < 0:
        raise Refused(_("Write zero or more."), field="amount")
    return BreakthroughLimit.objects.create(municipality=municipality, amount=amount, from_at=at, by_id=actor.acting_in(None))

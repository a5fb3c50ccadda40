"""Begin, sign a step, let a colleague in, take it over: each only for who is in."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import Scope, action, raise_version, step
from nabij.access.models import Dossier, Role, Worker
from nabij.audit.models import Event
from nabij.commitments.actions import close_commitment, move_owner, open_commitment, set_due
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, Kind, Urgency
from nabij.core.errors import Absent, Refused

from .models import Meldcode, MeldStep, Named, Part
from .queries import may_open, own_seat

WORKS = {Role.WORKER: Scope.CONTROLLER, Role.LEAD: Scope.CONTROLLER, Role.GGD: Scope.OWN}
LOOK_WITHIN = 1  # working days after the first sign; own promise


@action("meldcode.start", allow=WORKS, event=Event.CREATE)
def start_meldcode(*, actor: Actor, at: datetime, dossier: Dossier) -> Meldcode:
    """Begin a meldcode about one person: its row says nothing about what it is and hangs on nobody. The writer answers for it.

    Raises Absent: a dossier that is not open to this actor. Raises Refused: this writer has one open about this person.
    """
    if not Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists():
        raise Absent
    mine = Meldcode.objects.filter(dossier__root_id=dossier.root_id, commitment__owner_id__in=actor.membership_ids, commitment__closed_at__isnull=True)
    if mine.exists():
        raise Refused(_("You are already busy with this person. Add a step there."))
    owner = own_seat(actor=actor, team_id=dossier.team_id)
    commitment = open_commitment(
        actor=actor, at=at, kind=Kind.MELDCODE, what=_("Next step"), team=owner.team, owner=owner, urgency=Urgency.SOON,
        due_at=end_of(working_days_after(actor.on, LOOK_WITHIN)), taken=True,
    )  # fmt: skip
    meldcode = Meldcode.objects.create(commitment=commitment, dossier=dossier, opened_by=owner)
    Named.objects.create(meldcode=meldcode, worker=owner.worker, by=owner, from_at=at)
    return meldcode


@step
def enter(*, actor: Actor, at: datetime, meldcode: Meldcode) -> Commitment:
    """Return the commitment of a meldcode that this actor is in, held until the end of this action. Raises Absent: not in."""
    if not Meldcode.objects.visible_to(actor).filter(pk=meldcode.pk).exists():
        raise Absent
    return Commitment.objects.select_for_update().get(pk=meldcode.pk)


@action("meldcode.step", allow=WORKS, on="meldcode")
def sign_step(
    *,
    actor: Actor,
    at: datetime,
    meldcode: Meldcode,
    part: str,
    on: date,
    words: str,
    whom: str = "",
    decision: str = "",
    next_on: date | None = None,
    corrects: MeldStep | None = None,
) -> MeldStep:
    """Sign one of the five steps, in any order. Deciding without a next date finishes it; any step may set the next date.

    Raises Refused: no words, a day to come, nobody named with whom was spoken, no decision, a next date that has passed, or finished
    already (a correction is always possible). Raises Absent: not in.
    """
    commitment = enter(actor=actor, at=at, meldcode=meldcode)
    _check_step(actor, meldcode, commitment, part, on, words, whom, decision, next_on, corrects)
    seat = own_seat(actor=actor, team_id=commitment.team_id)
    facts = {"decision": decision if part == Part.DECIDE else "", "corrects": corrects}
    signed = MeldStep.objects.create(meldcode=meldcode, part=part, on=on, words=words.strip(), whom=whom.strip(), by=seat, at=at, **facts)
    if next_on:
        set_due(actor=actor, at=at, commitment=commitment, due_at=end_of(next_on), kept_word=True)
    elif part == Part.DECIDE and commitment.is_open and not corrects:
        close_commitment(actor=actor, at=at, commitment=commitment, outcome="done")
    return signed


def _check_step(
    actor: Actor, meldcode: Meldcode, commitment: Commitment, part: str, on: date, words: str, whom: str, decision: str, next_on: date | None, corrects: MeldStep | None
) -> None:
    if corrects is not None and (corrects.meldcode_id != meldcode.pk or corrects.part != part):
        raise Absent
    if part not in Part.values:
        raise Refused(_("Choose which step this was."), field="part")
    if not commitment.is_open and corrects is None:
        raise Refused(_("This is finished. Begin anew when there is a new worry."))
    if not words.strip():
        raise Refused(_("Write what you saw, heard or decided. Facts first, then what you make of them."), field="words")
    if on > actor.on:
        raise Refused(_("This day is still to come. Fill in the day on which it happened."), field="on")
    if part in {Part.CONSULT, Part.TALK} and not whom.strip():
        raise Refused(_("With whom did you speak?"), field="whom")
    if part == Part.DECIDE and decision not in MeldStep.Decision.values:
        raise Refused(_("Choose what you decide."), field="decision")
    if next_on and next_on < actor.on:
        raise Refused(_("This date has passed. Choose today or later."), field="next_on")


@action("meldcode.name", allow=WORKS, on="meldcode")
def let_in(*, actor: Actor, at: datetime, meldcode: Meldcode, worker: Worker) -> Named:
    """Let a colleague read along and add steps, by name. Raises Refused: the dossier is not open to them, or they are in. Raises Absent: not in."""
    enter(actor=actor, at=at, meldcode=meldcode)
    if not may_open(worker=worker, dossier=meldcode.dossier, actor=actor):
        raise Refused(_("%(name)s may not open this dossier.") % {"name": worker.name}, field="worker")
    if meldcode.named.filter(worker=worker, ended_at__isnull=True).exists():
        raise Refused(_("%(name)s is in already.") % {"name": worker.name}, field="worker")
    return Named.objects.create(meldcode=meldcode, worker=worker, by_id=actor.acting_in(meldcode.commitment.team_id), from_at=at)


@action("meldcode.unname", allow=WORKS)
def let_out(*, actor: Actor, at: datetime, named: Named) -> Named:
    """End the access of a colleague; their signed steps stay. Raises Refused: the one who answers for it. Raises Absent: not in, or ended."""
    commitment = enter(actor=actor, at=at, meldcode=named.meldcode)
    if named.ended_at is not None:
        raise Absent
    if named.worker_id == commitment.owner.worker_id:
        raise Refused(_("%(name)s answers for this. Let a colleague take it over first.") % {"name": named.worker.name})
    named.ended_at = timezone.localtime(at)
    raise_version(named)
    named.save(update_fields=["ended_at", "version"])
    return named


@action("meldcode.take_over", allow=WORKS, on="meldcode")
def take_over(*, actor: Actor, at: datetime, meldcode: Meldcode) -> Meldcode:
    """Answer for it from now on, as one of who is in. Raises Refused: yours already; Conflict: taken over by another. Raises Absent: not in."""
    commitment = enter(actor=actor, at=at, meldcode=meldcode)
    if commitment.owner_id in actor.membership_ids:
        raise Refused(_("You answer for this already."))
    if not meldcode.named.filter(worker_id=commitment.owner.worker_id, ended_at__isnull=True).exists():
        Named.objects.create(meldcode=meldcode, worker=commitment.owner.worker, by=commitment.owner, from_at=at)
    move_owner(actor=actor, at=at, commitment=commitment, owner=own_seat(actor=actor, team_id=commitment.team_id))
    raise_version(meldcode)
    meldcode.save(update_fields=["version"])
    return meldcode


@step
def erase_meldcodes(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty the words of the steps about this person. Returns how many steps. Raises Refused: one is still open."""
    rows = Meldcode.objects.filter(dossier=dossier)
    if rows.filter(commitment__closed_at__isnull=True).exists():
        raise Refused(_("Something is still open for this resident. Finish it first, so that nobody loses sight of it."))
    return MeldStep.objects.filter(meldcode__in=rows).update(words="", whom="")

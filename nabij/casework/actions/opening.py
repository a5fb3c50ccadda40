"""Open a case, and give the access that goes with it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import action
from nabij.access.models import Dossier, Membership
from nabij.audit.models import Event
from nabij.casework.models import Case, CaseDossier
from nabij.commitments.actions import open_commitment
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Kind, Urgency
from nabij.core.errors import Absent, Refused
from nabij.signals.actions import settle_signal
from nabij.signals.models import Decision, Signal
from nabij.signals.terms import investigated_by

from .keeping import keep_longer
from .steps import WORKS, give_access, open_commitment_of

FIRST_TALK_DAYS = 5  # working days; an internal promise, so holidays do not count


@action("casework.open_case", allow=WORKS, event=Event.CREATE)
def open_case(
    *,
    actor: Actor,
    at: datetime,
    dossiers: list[Dossier],
    question: str = "",
    signal: Signal | None = None,
    owner: Membership | None = None,
    due_at: datetime | None = None,
    feedback: dict[str, str] | None = None,
) -> Case:
    """Open a case over one or more residents, with one coordinator and one next date; the signal it came from is settled with it.

    The coordinator gets access to every resident in the case. Without `owner` it is the actor; without `due_at` a first talk within five
    working days. `feedback`: what the reporter hears, as settle_signal takes it. Raises Refused: nobody chosen, a date that has passed, a
    coordinator who cannot work with these residents, or a signal that is finished already. Raises Absent: a resident or signal not for you.
    """
    rows = list({dossier.pk: dossier for dossier in dossiers}.values())
    _check_reach(actor, rows, signal)
    owner = owner or _own_seat(actor, rows)
    _check_coordinator(actor, owner)
    due_at = due_at or end_of(working_days_after(timezone.localdate(at), FIRST_TALK_DAYS))
    if due_at < at:
        raise Refused(_("This date has passed. Choose today or later."), field="due_on")
    # the legal inquiry runs from the receipt of the report, not from today
    asked = signal if signal and signal.asks_support else None
    term_at = investigated_by(on=timezone.localdate(asked.received_at), agreed=agreements_of(municipality=asked.commitment.municipality)) if asked else None
    commitment = open_commitment(
        actor=actor, at=at, kind=Kind.CASE, what=_("Case: next step"), team=owner.team, owner=owner, due_at=due_at, dossier=rows[0], term_at=term_at,
        urgency=signal.commitment.urgency if signal else Urgency.NORMAL, taken=owner.worker_id == actor.worker_id,
    )  # fmt: skip
    case = Case.objects.create(commitment=commitment, question=question.strip(), signal=signal)
    for dossier in rows:
        CaseDossier.objects.create(case=case, dossier=dossier, from_on=timezone.localdate(at))
        give_access(actor=actor, at=at, case=case, dossier=dossier, membership=owner)
    if signal is not None:
        keep_longer(actor=actor, at=at, case=case)
        settle_signal(actor=actor, at=at, signal=signal, kind=Decision.Kind.CASE, dossier=rows[0], **(feedback or {}))
    return case


def _check_reach(actor: Actor, rows: list[Dossier], signal: Signal | None) -> None:
    if not rows:
        raise Refused(_("Choose who this case is about."), field="dossiers")
    if Dossier.objects.visible_to(actor).filter(pk__in=[row.pk for row in rows]).count() != len(rows):
        raise Absent
    if signal is not None and not Signal.objects.visible_to(actor).filter(pk=signal.pk).exists():
        raise Absent


def _own_seat(actor: Actor, rows: list[Dossier]) -> Membership:
    seats = sorted(actor.memberships, key=lambda seat: seat.team_id != rows[0].team_id)
    if not seats:
        raise Refused(_("Choose who is the coordinator."), field="owner")
    return Membership.objects.select_related("worker", "team").get(pk=seats[0].membership_id)


def _check_coordinator(actor: Actor, owner: Membership) -> None:
    left = owner.ended_at or owner.worker.blocked_at or (owner.until_on and owner.until_on < actor.on)
    if left:
        raise Refused(_("%(name)s does not work in this team any more. Choose somebody else.") % {"name": owner.worker.name}, field="owner")


@action("casework.link_resident", allow=WORKS, on="case")
def link_resident(*, actor: Actor, at: datetime, case: Case, dossier: Dossier) -> CaseDossier:
    """Add a resident to the case: one household, one plan. The coordinator gets access.

    Raises Refused: a closed case, or already in it. Raises Absent: a resident not for you.
    """
    open_commitment_of(actor=actor, at=at, case=case)
    if not Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists():
        raise Absent
    today = timezone.localdate(at)
    link, fresh = CaseDossier.objects.get_or_create(case=case, dossier=dossier, defaults={"from_on": today})
    if not fresh and link.until_on is None:
        raise Refused(_("This resident is in the case already."), field="words")
    if not fresh:
        link.from_on, link.until_on = today, None
        link.save(update_fields=["from_on", "until_on"])
    give_access(actor=actor, at=at, case=case, dossier=dossier, membership=case.commitment.owner)
    return link

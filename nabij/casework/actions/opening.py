"""Open a case, and give the access that goes with it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor, worker_actor
from nabij.access.doors import action, step
from nabij.access.models import Controller, Dossier, Grant, Membership, Role, Scope
from nabij.audit.models import Event
from nabij.casework.models import Case, CaseDossier
from nabij.commitments.actions import open_commitment
from nabij.commitments.clock import end_of, term_end, working_days_after
from nabij.commitments.models import Kind, Urgency
from nabij.core.errors import Absent, Refused
from nabij.signals.models import Signal

WORKS = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}
FIRST_TALK_DAYS = 5  # working days; an internal promise, so holidays do not count
WMO_INQUIRY_DAYS = 42  # Wmo 2015 art. 2.3.2 lid 1: at most six weeks after the report
# GDPR art. 6: a public task by law, or the task that the municipality gave a welfare organisation
BASES = {Controller.Kind.MUNICIPALITY: "Wmo 2015 art. 5.1.1", Controller.Kind.WELFARE: "AVG art. 6 lid 1 onder e"}


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
) -> Case:
    """Open a case over one or more residents, with one coordinator and one next date; the signal it came from is settled with it.

    The coordinator gets access to every resident in the case. Without `owner` it is the actor; without `due_at` a first talk within five
    working days. Raises Refused: nobody chosen, a date that has passed, or a coordinator who cannot work with these residents.
    """
    rows = list({dossier.pk: dossier for dossier in dossiers}.values())
    _check_reach(actor, rows)
    owner = owner or _own_seat(actor, rows)
    _check_coordinator(actor, owner)
    due_at = due_at or end_of(working_days_after(timezone.localdate(at), FIRST_TALK_DAYS))
    if due_at < at:
        raise Refused(_("This date has passed. Choose today or later."), field="due_on")
    commitment = open_commitment(
        actor=actor,
        at=at,
        kind=Kind.CASE,
        what=_("Case: next step"),
        team=owner.team,
        owner=owner,
        due_at=due_at,
        dossier=rows[0],
        urgency=signal.commitment.urgency if signal else Urgency.NORMAL,
        term_at=_inquiry_end(signal),
        taken=owner.worker_id == actor.worker_id,
    )
    case = Case.objects.create(commitment=commitment, question=question.strip(), signal=signal)
    for dossier in rows:
        CaseDossier.objects.create(case=case, dossier=dossier, from_on=timezone.localdate(at))
        give_access(actor=actor, at=at, case=case, dossier=dossier, membership=owner)
    if signal is not None:
        _settle(actor, at, signal, rows[0])
    return case


def _check_reach(actor: Actor, rows: list[Dossier]) -> None:
    if not rows:
        raise Refused(_("Choose who this case is about."), field="dossiers")
    if Dossier.objects.visible_to(actor).filter(pk__in=[row.pk for row in rows]).count() != len(rows):
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


def _inquiry_end(signal: Signal | None) -> datetime | None:
    """Return the end of the legal inquiry when somebody asked for support: it runs from receipt."""
    if signal is None or not signal.asks_support:
        return None
    return end_of(term_end(timezone.localdate(signal.received_at), days=WMO_INQUIRY_DAYS))


def _settle(actor: Actor, at: datetime, signal: Signal, dossier: Dossier) -> None:
    from nabij.signals.actions import settle_signal
    from nabij.signals.models import Decision

    settle_signal(actor=actor, at=at, signal=signal, kind=Decision.Kind.CASE, dossier=dossier)


@step
def give_access(*, actor: Actor, at: datetime, case: Case, dossier: Dossier, membership: Membership) -> Grant | None:
    """Let this worker open this dossier for this case, unless they can already. Raises Refused when it stays closed for them.

    Closed stays: their own dossier, somebody they know, another organisation without a sharing act.
    """
    worker = worker_actor(membership.worker, at=at)
    may_open = Dossier.objects.visible_to(worker).filter(pk=dossier.pk)
    if may_open.exists():
        return None
    grant = Grant.objects.create(
        dossier=dossier,
        worker=membership.worker,
        kind=Grant.Kind.CASEWORK,
        purpose=case.purpose,
        basis=BASES[Controller.Kind(dossier.controller.kind)],
        from_on=timezone.localdate(at),
    )
    if not may_open.exists():
        raise Refused(_("%(name)s cannot work with this resident. Choose somebody else.") % {"name": membership.worker.name}, field="owner")
    return grant

"""Start the track of a Wmo report."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import Scope, action, step
from nabij.access.models import Dossier, Membership, Role
from nabij.audit.models import Event
from nabij.casework.models import Case
from nabij.commitments.actions import open_commitment
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, Kind
from nabij.core.errors import Absent, Refused
from nabij.signals.models import Signal
from nabij.wmo.models import Track
from nabij.wmo.queries import keeping_of, own_seat, running_track
from nabij.wmo.terms import KEPT_DAYS, moved_end

WORKS = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}


@action("wmo.start", allow=WORKS, on="dossier", event=Event.CREATE)
def start_track(
    *,
    actor: Actor,
    at: datetime,
    dossier: Dossier,
    received_on: date | None = None,
    signal: Signal | None = None,
    case: Case | None = None,
    owner: Membership | None = None,
    due_on: date | None = None,
    reference: str = "",
) -> Track:
    """Start the track of one resident, from the day the report was received (Wmo 2015 art. 2.3.2): by telephone counts too.

    Kept here or in the other system, as the municipality chose. The legal term moves from signal and case to the track, so that it stands once.
    Raises Refused: a day that is still to come, a signal that asks for no support or has a track, or a resident with a running track.
    """
    signal = signal or (case.signal if case else None)
    today = timezone.localdate(at)
    received_on = timezone.localdate(signal.received_at) if signal else received_on or today
    _check(actor, dossier, signal, case, received_on, today)
    keeping, owner = keeping_of(municipality_id=dossier.municipality_id), owner or own_seat(actor=actor, dossier=dossier)
    agreed = agreements_of(municipality=dossier.municipality)
    days = {f"{name}_days": agreed.days(f"wmo_{name}") for name in ("plan", "inquiry", "decision")}
    track = Track(**days, signal=signal, case=case, received_on=received_on, kept_here=keeping.here, system="" if keeping.here else keeping.system, reference=reference.strip())
    track.commitment = open_commitment(
        actor=actor, at=at, kind=Kind.WMO, what=_("Wmo report: next step"), team=owner.team, owner=owner, dossier=dossier,
        due_at=end_of(due_on or working_days_after(today, agreed.days("wmo_confirm"))), term_at=end_of(moved_end(start=received_on, term=track.terms["inquiry"])), taken=owner.worker_id == actor.worker_id,
    )  # fmt: skip
    track.save(force_insert=True)
    _take_over_term(signal, case)
    keep_long(actor=actor, at=at, dossier=dossier)
    return track


def _check(actor: Actor, dossier: Dossier, signal: Signal | None, case: Case | None, received_on: date, today: date) -> None:
    if case is not None and not (Case.objects.visible_to(actor).filter(pk=case.pk).exists() and case.case_dossiers.filter(dossier__root_id=dossier.root_id).exists()):
        raise Absent
    if signal is not None and signal.commitment.dossier_id and signal.commitment.dossier.root_id != dossier.root_id and case is None:
        raise Absent
    if case is None and signal is not None and not Signal.objects.visible_to(actor).filter(pk=signal.pk).exists():
        raise Absent
    if received_on > today:
        raise Refused(_("This day is still to come. On which day did the report come in?"), field="received_on")
    if case is None and signal is not None and not signal.asks_support:
        raise Refused(_("Nobody asks for support in this signal. Answer that question first."))
    if (signal is not None and running_track(signal=signal)) or running_track(dossier=dossier):
        raise Refused(_("This track runs already. Open it on the page of the resident."))


def _take_over_term(signal: Signal | None, case: Case | None) -> None:
    keys = [row.pk for row in (signal, case) if row is not None]
    Commitment.objects.filter(pk__in=keys, closed_at__isnull=True).update(term_at=None)


@step
def keep_long(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Keep a dossier with a Wmo track fifteen years from the last change (Wmo 2015 art. 5.3.4)."""
    until = timezone.localdate(at) + timedelta(days=KEPT_DAYS)
    Dossier.objects.filter(pk=dossier.pk, erase_on__lt=until).update(erase_on=until)

"""Somebody has died: what stops that day, and the one thing that remains to be done."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Dossier, Grant, Membership
from nabij.access.queries import on_duty
from nabij.casework.models import Case, CaseDossier
from nabij.commitments.actions import close_commitment, open_task
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment, Kind, Pause, Task
from nabij.links.actions import end_links
from nabij.residents.actions import mark_deceased
from nabij.residents.models import Resident

from .steps import WORKS, end_access

DECEASED = "deceased"
AFTERCARE_DAYS = 90  # so long the coordinator can still open the dossier for the people who stay behind


@action("casework.record_death", allow=WORKS, on="dossier")
def record_death(*, actor: Actor, at: datetime, dossier: Dossier, on: date) -> Task:
    """Write down that a resident has died: their pauses, links and the cases that were theirs alone end, and one aftercare task remains.

    A case with other residents goes on with them. What is open otherwise stays: a person decides. Raises Refused: a day to come, or
    written down already.
    """
    mark_deceased(actor=actor, at=at, resident=Resident.objects.get(dossier=dossier), on=on)
    root = dossier.root_id
    open_cases = Case.objects.filter(case_dossiers__dossier__root_id=root, case_dossiers__until_on__isnull=True, commitment__closed_at__isnull=True)
    cases = list(open_cases.select_related("commitment__owner__worker", "commitment__owner__team").distinct().order_by("pk"))
    owner = cases[0].commitment.owner if cases else _own_seat(actor, dossier)
    for case in cases:
        _end_for(actor, at, case, root, owner.worker_id)
    Pause.objects.filter(commitment__dossier__root_id=root, ended_at__isnull=True).update(ended_at=at)
    end_links(actor=actor, at=at, dossier=dossier)
    due_at = end_of(working_days_after(timezone.localdate(at), 1))
    return open_task(
        actor=actor, at=at, what=_("Aftercare for the people who stay behind"), owner=owner, due_at=due_at, dossier=dossier, reason=Task.Reason.AFTERCARE
    )


def _own_seat(actor: Actor, dossier: Dossier) -> Membership:
    """Return who does the aftercare when there was no case: who writes it down, else who is on duty."""
    seats = sorted(actor.memberships, key=lambda seat: seat.team_id != dossier.team_id)
    if not seats:
        return on_duty(team=dossier.team, on=actor.on)
    return Membership.objects.select_related("worker", "team").get(pk=seats[0].membership_id)


def _end_for(actor: Actor, at: datetime, case: Case, root: int, aftercare: int) -> None:
    """End a case that was this resident's alone; let it go on with the others otherwise. Who does the aftercare can still open the dossier."""
    links = CaseDossier.objects.filter(case=case, until_on__isnull=True)
    others = links.exclude(dossier__root_id=root).order_by("pk")
    rest = others.first()
    links.filter(dossier__root_id=root).update(until_on=timezone.localdate(at))
    rows = Commitment.objects.filter(closed_at__isnull=True, kind__in=[Kind.CASE, Kind.ACTIVITY])
    for commitment in (rows.filter(case=case) | rows.filter(activity__case=case)).select_for_update(of=("self",)):
        if rest is None:
            close_commitment(actor=actor, at=at, commitment=commitment, outcome=DECEASED)
        elif commitment.dossier_id and commitment.dossier_id != rest.dossier_id:
            Commitment.objects.filter(pk=commitment.pk, dossier__root_id=root).update(dossier_id=rest.dossier_id)
    if rest is None:
        kept = Grant.objects.filter(purpose=case.purpose, worker_id=aftercare, ended_at__isnull=True)
        kept.update(purpose="aftercare", until_on=actor.on + timedelta(days=AFTERCARE_DAYS))
        end_access(actor=actor, at=at, case=case)

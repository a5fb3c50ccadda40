"""Who turns 12, 16 or 18 soon: the ages at which a child's own say begins and others' say ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from nabij.access.actor import worker_actor
from nabij.access.models import Dossier, Grant, Membership
from nabij.access.queries import on_duty
from nabij.casework.models import AgeReview
from nabij.commitments.models import Commitment, Kind
from nabij.residents.models import Resident

AHEAD, BEHIND = timedelta(days=30), timedelta(days=30)


@dataclass(frozen=True)
class Turning:
    """Somebody reaches an age on a day; with only a year or month known, on its first day: rather early than late."""

    dossier: Dossier
    age: int
    on: date


def turning(*, on: date) -> list[Turning]:
    """Return who turns 12, 16 or 18 within 30 days, or did in the last 30, and for whom no task was made yet. Merged and erased ones apart."""
    found = []
    for age in AgeReview.Age.values:
        years = {(on - BEHIND).year - age, (on + AHEAD).year - age}
        rows = Resident.objects.filter(birth_year__in=years, deceased_on__isnull=True, dossier__erased_at__isnull=True, dossier__root_id=F("dossier_id"))
        rows = rows.exclude(dossier__age_reviews__age=age).select_related("dossier__team__lead", "dossier__team__lead_substitute")
        for resident in rows.order_by("pk"):
            day = _birthday(resident, age)
            if on - BEHIND <= day <= on + AHEAD:
                found.append(Turning(resident.dossier, age, day))
    return found


def _birthday(resident: Resident, age: int) -> date:
    year, month, day = (resident.birth_year or 0) + age, resident.birth_month or 1, resident.birth_day or 1
    try:
        return date(year, month, day)
    except ValueError:  # 29 February: the law counts 1 March (art. 1 Algemene termijnenwet does not move a birthday)
        return date(year, 3, 1)


def owner_for(*, dossier: Dossier, at: datetime, on: date) -> Membership:
    """Return who looks at it: the coordinator, else who answers for something else here, else who was named, else who is on duty.

    The first of them who may open the dossier; raises Absent when the team has nobody at all.
    """
    rows = Commitment.objects.open().filter(dossier__root_id=dossier.root_id, owner__paid=True).select_related("owner__worker", "owner__team").order_by("opened_at", "pk")
    owners = [row.owner for row in sorted(rows, key=lambda row: row.kind != Kind.CASE)]
    granted = Grant.objects.running(on).filter(dossier__root_id=dossier.root_id, worker__isnull=False).values("worker_id")
    named = Membership.objects.on(on).filter(worker_id__in=granted, paid=True, worker__blocked_at__isnull=True).select_related("worker", "team").order_by("pk")
    fallback = on_duty(team=dossier.team, on=on)
    for member in [*owners, fallback, *named]:
        if member and Dossier.objects.visible_to(worker_actor(member.worker, at=at)).filter(pk=dossier.pk).exists():
            return member
    return fallback

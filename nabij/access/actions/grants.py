"""Open and close dossiers for people: grants, restriction, sharing, emergency."""

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import Acquaintance, Dossier, Grant, Role, Scope, Sharing, Team, Worker
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused

PAID = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}
EMERGENCY_DAYS = 1  # emergency access ends at the end of the next day


@step
def give_grant(
    *, actor: Actor, at: datetime, dossier: Dossier, worker: Worker, kind: str, purpose: str, basis: str, until_on: date | None = None, reason: str = ""
) -> Grant:
    """Give a worker access to a dossier, for a purpose on a basis; the same running grant is not given twice.

    One from before a merge that narrowed the access opens nothing there any more: then a new one is given.
    """
    running = Grant.objects.running(actor.on).filter(dossier=dossier, worker=worker, kind=kind, until_on=until_on).order_by("pk").last()
    if running is not None and running.pk > (dossier.sides().aggregate(newest=Max("narrow_from"))["newest"] or 0):
        return running
    return Grant.objects.create(
        dossier=dossier, worker=worker, kind=kind, purpose=purpose, basis=basis, from_on=actor.on, until_on=until_on, reason=reason
    )


@step
def end_grant(*, actor: Actor, at: datetime, grant: Grant) -> Grant:
    """End a grant now."""
    grant.ended_at = at
    raise_version(grant)
    grant.save(update_fields=["ended_at", "version"])
    return grant


@action("access.restrict", allow={Role.LEAD: Scope.TEAM, Role.WORKER: Scope.TEAM}, on="dossier")
def restrict_dossier(*, actor: Actor, at: datetime, dossier: Dossier, workers: list[Worker]) -> Dossier:
    """Make a dossier restricted: from now on only these people open it (staff, their relatives, well-known people, threats).

    Who restricts it is always one of them, so that it is never closed for everybody. What was merged is one: every side is restricted, and
    stays so when the merge is undone. Raises Refused when a named person left.
    """
    named = {worker.pk: worker for worker in workers}
    named.setdefault(actor.worker_id, Worker.objects.get(pk=actor.worker_id))
    if any(worker.blocked_at for worker in named.values()):
        raise Refused(_("One of these colleagues cannot log in any more. Choose somebody else."), field="workers")
    for side in _set_restricted(dossier, restricted=True):
        for worker in named.values():
            give_grant(actor=actor, at=at, dossier=side, worker=worker, kind=Grant.Kind.RESTRICTED, purpose="care", basis="Wmo 2015 art. 5.1.1")
    return dossier


def _set_restricted(dossier: Dossier, *, restricted: bool) -> list[Dossier]:
    """Restrict or widen a dossier with all it was merged with; return the sides. The lock waits for a merge under way."""
    dossier.root_id = Dossier.objects.select_for_update().get(pk=dossier.pk).root_id
    sides = list(dossier.sides().order_by("pk"))
    for side in sides:
        side.restricted = restricted
        raise_version(side)
        side.save(update_fields=["restricted", "version"])
    dossier.restricted, dossier.version = restricted, next(side.version for side in sides if side.pk == dossier.pk)
    return sides


@action("access.widen", allow={Role.LEAD: Scope.TEAM}, on="dossier")
def widen_dossier(*, actor: Actor, at: datetime, dossier: Dossier) -> Dossier:
    """Make a restricted dossier ordinary again, open to the paid people of its team.

    What was merged is one: every side is widened. Raises nothing.
    """
    sides = _set_restricted(dossier, restricted=False)
    for grant in Grant.objects.filter(dossier__in=sides, kind=Grant.Kind.RESTRICTED, ended_at__isnull=True):
        end_grant(actor=actor, at=at, grant=grant)
    return dossier


@action("access.share", allow=PAID, on="dossier", event=Event.TRANSFER)
def share_dossier(
    *, actor: Actor, at: datetime, dossier: Dossier, to_team: Team, what: str, why: str, basis: str, resident_word: str, word_detail: str = ""
) -> Sharing:
    """Share a dossier with a team of another organisation: what, why, on which basis, what the resident said (GDPR art. 6).

    Raises Refused: the same organisation, a restricted dossier, or no reason why the resident was not told.
    """
    if to_team.controller_id == dossier.controller_id:
        raise Refused(_("This team belongs to the same organisation. Sharing is not needed."), field="to_team")
    if dossier.is_closed():
        raise Refused(_("This dossier is restricted. It is not shared with another team."))
    if resident_word == Sharing.Word.NOT_TOLD and not word_detail.strip():
        raise Refused(_("Say why the resident was not told."), field="word_detail")
    sharing = Sharing.objects.create(
        dossier=dossier, to_team=to_team, what=what, why=why, basis=basis, resident_word=resident_word,
        word_detail=word_detail, by_worker_id=actor.worker_id, from_at=at,
    )  # fmt: skip
    Grant.objects.create(dossier=dossier, team=to_team, sharing=sharing, kind=Grant.Kind.SHARING, purpose=why[:80], basis=basis, from_on=actor.on)
    return sharing


@action("access.end_sharing", allow=PAID, on="sharing")
def end_sharing(*, actor: Actor, at: datetime, sharing: Sharing) -> Sharing:
    """Stop sharing; the other organisation sees nothing more from now on."""
    sharing.ended_at = at
    raise_version(sharing)
    sharing.save(update_fields=["ended_at", "version"])
    for grant in sharing.grants.filter(ended_at__isnull=True):
        end_grant(actor=actor, at=at, grant=grant)
    return sharing


@action("access.know_resident", allow=PAID | {Role.VOLUNTEER: Scope.OWN, Role.YOUTH_WORKER: Scope.OWN}, on="dossier")
def mark_acquaintance(*, actor: Actor, at: datetime, dossier: Dossier) -> Dossier:
    """Say "I know this resident": the dossier closes for yourself, also in an emergency.

    Raises Refused while you answer for something of this resident: hand that over first.
    """
    if dossier.sides().filter(commitments__closed_at__isnull=True, commitments__owner__worker_id=actor.worker_id).exists():
        raise Refused(_("You still answer for something of this resident. Hand that over first."))
    Acquaintance.objects.get_or_create(worker_id=actor.worker_id, dossier=dossier)
    return dossier


@step
def give_emergency_access(*, actor: Actor, at: datetime, dossier: Dossier, reason: str) -> Grant:
    """Open a dossier in an emergency, with a reason, until the end of the next day.

    Own organisation only; never one's own dossier or of somebody one knows. Raises Absent then, as if it did not exist.
    """
    known = Acquaintance.objects.filter(worker_id=actor.worker_id, dossier__root_id=dossier.root_id).exists()
    if known or dossier.controller_id not in actor.controller_ids or dossier.erased_at:
        raise Absent
    return Grant.objects.create(
        dossier=dossier, worker_id=actor.worker_id, kind=Grant.Kind.BREAK_GLASS, purpose="emergency", basis="GDPR art. 6(1)(d)",
        reason=reason[:300], from_on=actor.on, until_on=actor.on + timedelta(days=EMERGENCY_DAYS),
    )  # fmt: skip

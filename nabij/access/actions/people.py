"""Workers and their memberships. Done by a functional administrator of the same municipality."""

from datetime import date, datetime
from decimal import Decimal

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import PAID_ONLY_ROLES, Grant, Membership, Role, Scope, Team, Worker
from nabij.audit.models import Event
from nabij.core.errors import Absent, Refused

MANAGES = {Role.ADMINISTRATOR: Scope.MUNICIPALITY}


def _may_manage(actor: Actor, worker: Worker) -> None:
    places = set(worker.memberships.values_list("team__municipality_id", flat=True)) or {worker.made_in_id} - {None}
    if places and not actor.is_system and not places & set(actor.managed_ids):
        raise Absent


@action("access.create_worker", allow=MANAGES, event=Event.CREATE)
def create_worker(*, actor: Actor, at: datetime, email: str, name: str, phone: str = "", languages: str = "", is_demo: bool = False) -> Worker:
    """Make a log-in for a colleague or volunteer; they set their own password by mail. Raises Refused when the address is in use."""
    if Worker.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is a log-in with this e-mail address already."), field="email")
    made_in = actor.managed_ids[0] if actor.managed_ids else None
    worker = Worker(email=email.strip(), name=name, phone=phone, languages=languages, is_demo=is_demo, made_in_id=made_in)
    worker.set_unusable_password()
    worker.save()
    return worker


@action("access.change_worker", allow=MANAGES, on="worker")
def change_worker(*, actor: Actor, at: datetime, worker: Worker, email: str, name: str, phone: str = "", languages: str | None = None) -> Worker:
    """Change name, address, telephone or languages. Raises Absent: another municipality; Refused: the address is in use."""
    _may_manage(actor, worker)
    if Worker.objects.filter(email__iexact=email).exclude(pk=worker.pk).exists():
        raise Refused(_("There is a log-in with this e-mail address already."), field="email")
    worker.email, worker.name, worker.phone = email.strip(), name, phone
    worker.languages = worker.languages if languages is None else languages
    raise_version(worker)
    worker.save(update_fields=["email", "name", "phone", "languages", "version"])
    return worker


@action("access.set_password", allow=MANAGES, on="worker")
def set_password(*, actor: Actor, at: datetime, worker: Worker, password: str) -> Worker:
    """Set a first password that the worker changes. Raises Absent: another municipality; Refused: too weak."""
    _may_manage(actor, worker)
    try:
        validate_password(password, worker)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages), field="password") from weak
    worker.set_password(password)
    worker.save(update_fields=["password"])
    return worker


@step
def end_sessions(*, actor: Actor, at: datetime, worker: Worker) -> int:
    """End every log-in of this worker on every device, for good: a stolen one does not open again with the account. Returns how many."""
    theirs = [row.pk for row in Session.objects.filter(expire_date__gt=at).iterator() if row.get_decoded().get(SESSION_KEY) == str(worker.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)


@action("access.reset_second_factor", allow=MANAGES, on="worker")
def reset_second_factor(*, actor: Actor, at: datetime, worker: Worker) -> Worker:
    """Take away a lost second step (telephone gone); a paid worker sets a new one at the next log-in, which is now.

    Raises Absent: another municipality; Refused: one's own.
    """
    _may_manage(actor, worker)
    if worker.pk == actor.worker_id:
        raise Refused(_("You cannot take away your own second step. Ask another administrator."))
    Authenticator.objects.filter(user=worker).delete()
    end_sessions(actor=actor, at=at, worker=worker)
    raise_version(worker)
    worker.save(update_fields=["version"])
    return worker


@action("access.add_membership", allow=MANAGES, event=Event.CREATE)
def add_membership(
    *, actor: Actor, at: datetime, worker: Worker, team: Team, role: str, paid: bool, from_on: date, until_on: date | None = None, hours: Decimal | None = None
) -> Membership:
    """Give a worker a place in a team. The same pair may come again after an end. Raises Absent: another municipality; Refused: running already, wrong dates."""
    actor.stay_in(team.municipality_id)
    _may_manage(actor, worker)
    if not paid and role in PAID_ONLY_ROLES:
        raise Refused(_("This role is for paid people. Choose another role, or tick paid."), field="role")
    if until_on and until_on < from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    if Membership.objects.filter(worker=worker, team=team, role=role, ended_at__isnull=True).exists():
        raise Refused(_("%(name)s already has this role in this team.") % {"name": worker.name}, field="team")
    return Membership.objects.create(worker=worker, team=team, role=role, paid=paid, hours_per_week=hours, from_on=from_on, until_on=until_on)


def _may_end(actor: Actor, membership: Membership) -> None:
    """The administrator; the lead only as part of a handover, for that door asks the lead. Raises Absent."""
    if membership.team_id not in actor.led_team_ids:
        actor.stay_in(membership.team.municipality_id)


@action("access.plan_end", allow=MANAGES, on="membership")
def move_membership_end(*, actor: Actor, at: datetime, membership: Membership, until_on: date | None) -> Membership:
    """Plan the last day of a membership, or take the plan away. Access stops after that day. Raises Absent, Refused."""
    _may_end(actor, membership)
    if until_on and until_on < membership.from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    membership.until_on = until_on
    raise_version(membership)
    membership.save(update_fields=["until_on", "version"])
    return membership


@action("access.end_membership", allow=MANAGES, on="membership")
def end_membership(*, actor: Actor, at: datetime, membership: Membership) -> Membership:
    """End a membership now, and the access that was given by name to dossiers of its team.

    The database refuses while it owns, leads, stands in or hands over: the message says which (Refused). Raises Absent.
    """
    _may_end(actor, membership)
    if membership.ended_at:
        raise Refused(_("This membership has ended already."))
    if membership.worker_id == actor.worker_id and membership.role in MANAGES:
        raise Refused(_("You cannot end your own work as administrator. Ask another administrator."))
    membership.ended_at = at
    raise_version(membership)
    try:
        with transaction.atomic():
            membership.save(update_fields=["ended_at", "version"])
    except IntegrityError as kept:
        membership.ended_at = None
        raise Refused(_why_not(membership, str(kept))) from kept
    _end_named_access(membership, at)
    return membership


def _why_not(membership: Membership, said: str) -> str:
    """Return in words what the database said."""
    reasons = {
        "leads a team": _("%(name)s leads the team, or is the lead's substitute. Name another first."),
        "stands in": _("%(name)s stands in for a colleague. Name another substitute first."),
        "handover": _("The handover of %(name)s is not finished. Bring the worklist to zero first."),
    }
    found = next((words for piece, words in reasons.items() if piece in said), _("%(name)s still answers for something. Hand that over first."))
    return found % {"name": membership.worker.name}


def _end_named_access(membership: Membership, at: datetime) -> None:
    """End what was open by name in this team, unless another place in the team goes on; what has a last day ends by itself."""
    others = Membership.objects.filter(worker_id=membership.worker_id, team_id=membership.team_id, ended_at__isnull=True)
    if not others.exists():
        given = Grant.objects.filter(worker_id=membership.worker_id, dossier__root__team_id=membership.team_id, until_on__isnull=True)
        given.filter(ended_at__isnull=True).exclude(kind=Grant.Kind.SHARING).update(ended_at=at)

"""Switch it on with an assessment, off by withdrawing it, and say what follows from what piled up."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import Controller, Dossier, Membership, Municipality, Role, Scope
from nabij.audit.models import Event
from nabij.commitments.actions import open_task
from nabij.commitments.clock import end_of
from nabij.commitments.models import Task
from nabij.core.errors import Absent, Refused
from nabij.residents.actions import PAID

from .models import Assessment, Seen
from .queries import pile_of, running_for

KEEPS = {Role.PRIVACY_OFFICER: Scope.MUNICIPALITY, Role.ADMINISTRATOR: Scope.MUNICIPALITY}


@action("piling.dpia", allow=KEEPS, event=Event.CREATE)
def record_assessment(
    *, actor: Actor, at: datetime, assessed_on: date, reference: str, by_whom: str, domains: int = 3, months: int = 6,
    municipality: Municipality | None = None, controller: Controller | None = None,
) -> Assessment:  # fmt: skip
    """Record the impact assessment of the actor's own organisation: from now on it is on. Raises Refused: on already, a day to come, no words."""
    if assessed_on > actor.on:
        raise Refused(_("This day is still to come."), field="assessed_on")
    place = {"municipality": municipality, "controller": controller} if actor.is_system else _own(actor)
    if Assessment.objects.running().filter(**place).exists():
        raise Refused(_("There is an assessment already. Withdraw it first."))
    facts = {"assessed_on": assessed_on, "reference": reference, "by_whom": by_whom, "domains": domains, "months": months}
    return Assessment.objects.create(recorded_at=at, recorded_by_id=actor.acting_in(None), **place, **facts)


def _own(actor: Actor) -> dict[str, int]:
    """Return the place of the function in which this is done. Raises Absent: none."""
    seat = next((seat for seat in actor.memberships if seat.function in KEEPS), None)
    if seat is None:
        raise Absent
    return {"municipality_id": seat.municipality_id, "controller_id": seat.controller_id}


@action("piling.withdraw", allow=KEEPS, on="assessment")
def withdraw_assessment(*, actor: Actor, at: datetime, assessment: Assessment) -> Assessment:
    """Withdraw an assessment: everything is off at once. Raises Refused when it was withdrawn already, Absent: another organisation's."""
    if not actor.is_system and assessment.controller_id not in actor.controller_ids:
        raise Absent
    if not Assessment.objects.select_for_update().running().filter(pk=assessment.pk).exists():
        raise Refused(_("This was withdrawn already."))
    assessment.withdrawn_at, assessment.withdrawn_by_id = at, actor.acting_in(None)
    raise_version(assessment)
    assessment.save(update_fields=["withdrawn_at", "withdrawn_by", "version"])
    return assessment


@action("piling.see", allow=PAID, on="dossier", event=Event.CREATE)
def say_seen(*, actor: Actor, at: datetime, dossier: Dossier, follows: str, words: str = "", due_on: date | None = None) -> Seen:
    """Say that this was seen and what follows: a task with a date, a goal in the plan, or nothing with the reason.

    Raises Refused: it is off, nothing piles up, no reason, or a task without words or date.
    """
    rule = running_for(dossier=dossier)
    pile = pile_of(actor=actor, dossier=dossier, rule=rule) if rule else None
    if pile is None or not pile.facts:
        raise Refused(_("There is nothing to look at here any more."))
    if not words.strip():
        raise Refused(_("Say in a few words what follows, or why nothing does."), field="words")
    task = _task(actor, at, dossier, words.strip(), due_on) if follows == Seen.Follows.TASK else None
    keys = sorted({fact.key for fact in pile.facts} | set(pile.seen.facts if pile.seen else []))
    return Seen.objects.create(dossier=dossier, follows=follows, words=words.strip(), task=task, facts=keys, at=at, by_id=actor.acting_in(dossier.team_id))


def _task(actor: Actor, at: datetime, dossier: Dossier, words: str, due_on: date | None) -> Task:
    if due_on is None or due_on < timezone.localdate(at):
        raise Refused(_("Choose a day from today on."), field="due_on")
    owner = Membership.objects.select_related("worker", "team").get(pk=actor.acting_in(dossier.team_id))
    # one line without health details: what it is about stands in the note
    what = _("Look together at what comes together here")
    return open_task(actor=actor, at=at, what=what, owner=owner, due_at=end_of(due_on), dossier=dossier, note=words)


@step
def erase_seen(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty what was said about what piled up; that somebody looked stays. Returns how many."""
    return Seen.objects.filter(dossier=dossier).update(words="", facts=[])

"""Turning 12, 16 or 18: a dated look at rights, never a silent extension."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Dossier
from nabij.audit.models import Event
from nabij.casework.models import AgeReview
from nabij.casework.queries.turning import owner_for
from nabij.commitments.actions import open_task
from nabij.commitments.clock import end_of


@action("casework.plan_age_review", allow={}, on="dossier", event=Event.CREATE)
def plan_age_review(*, actor: Actor, at: datetime, dossier: Dossier, age: int, birthday: date) -> AgeReview | None:
    """Give the coordinator, or who is on duty, the task to look at rights again on the birthday. Returns None when it was made already."""
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    if AgeReview.objects.filter(dossier=dossier, age=age).exists():
        return None
    owner = owner_for(dossier=dossier, at=at, on=actor.on)
    due_at = end_of(max(birthday, actor.on))
    what = _("Turns %(age)s: who decides, who may read along?") % {"age": age}
    task = open_task(actor=actor, at=at, what=what, owner=owner, due_at=due_at, dossier=dossier, note=_note(age))
    return AgeReview.objects.create(dossier=dossier, age=age, task=task)


def _note(age: int) -> str:
    """Return what changes at this age (Jeugdwet art. 7.3.4 and 7.3.5; BW 1:233 and 1:247)."""
    return {
        12: _("From 12 the child has a say of their own: permission of the child and the parents, and the child may read the dossier. Talk with the child. Look again at who reads along."),
        16: _("From 16 the young person decides alone and the parents no longer read along by themselves. Ask the young person what may be shared, and with whom."),
        18: _("From 18 parental authority ends and help for young people usually too. Talk about what goes on, who represents when needed, and ask anew who may read along."),
    }[age]  # fmt: skip

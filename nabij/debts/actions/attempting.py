"""Somebody tried to reach somebody about arrears."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Role, Scope
from nabij.audit.models import Event
from nabij.commitments.actions import set_due
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment
from nabij.contacts.actions import CLOCK_SLACK
from nabij.contacts.queries import part_of_day
from nabij.core.errors import Refused
from nabij.debts.models import Debt, DebtAttempt

TRIES = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.VOLUNTEER: Scope.OWN}
AGAIN_WITHIN = 3  # working days: own choice


@action("debts.tried", allow=TRIES, on="debt", event=Event.CREATE)
def record_attempt(
    *, actor: Actor, at: datetime, debt: Debt, medium: str, reached: bool, happened_at: datetime, words: str = "", part: str = ""
) -> DebtAttempt:
    """Record one attempt with its way and part of the day. Not reached: somebody tries again within three working days, before the term ends.

    `part`: when the part of the day differs from what the moment says (a letter has none). Raises Refused: a moment that has not come.
    """
    if happened_at > at + CLOCK_SLACK:
        raise Refused(_("This moment has not come yet. Fill in when it happened."), field="happened_at")
    commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=debt.commitment.pk)
    attempt = DebtAttempt.objects.create(
        debt=debt, by_id=actor.acting_in(commitment.team_id), medium=medium, reached=reached, happened_at=happened_at, recorded_at=at,
        part_of_day=part or part_of_day(at=happened_at), words=words.strip(),
    )  # fmt: skip
    if commitment.is_open and not reached and not commitment.pauses.filter(ended_at__isnull=True).exists():
        again = end_of(working_days_after(actor.on, AGAIN_WITHIN))
        due = min(again, commitment.term_at) if commitment.term_at and commitment.term_at > at else again
        set_due(actor=actor, at=at, commitment=commitment, due_at=due, kept_word=True)
    return attempt

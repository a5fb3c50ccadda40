"""Reads of signals: the queue, one signal with its story, what a number says, what the reporter of it may hear."""

from django.db.models import Prefetch, Q

from nabij.access.actor import Actor
from nabij.commitments.models import Pause
from nabij.signals.models import Decision, Signal


def triage_queue(*, actor: Actor, after: Signal | None = None, limit: int = 50) -> list[Signal]:
    """List the open signals of the actor's teams, the oldest date first; what rests until a later day is left out.

    Each row has `commitment` (owner, team), `neighbourhood`, `reporter` (openness, can_mail, can_call) and `waiting` (decisions that
    wait for a second person). `after`: the last one shown. Two queries, whatever the number. Give `limit` one more to see if there is more.
    """
    resting = Pause.objects.filter(ended_at__isnull=True, look_again_on__gt=actor.on).values("commitment_id")
    mine = Q(commitment__team_id__in=actor.dossier_team_ids) | Q(commitment__owner_id__in=actor.membership_ids)
    rows = Signal.objects.visible_to(actor).filter(mine, commitment__closed_at__isnull=True).exclude(commitment_id__in=resting)
    if after is not None:
        due, last = after.commitment.due_at, after.pk
        rows = rows.filter(Q(commitment__due_at__gt=due) | Q(commitment__due_at=due, pk__gt=last))
    waiting = Decision.objects.filter(state=Decision.State.WAITING).select_related("by")
    return list(
        rows.select_related("commitment__owner__worker", "commitment__team", "neighbourhood", "reporter")
        .prefetch_related(Prefetch("decisions", queryset=waiting, to_attr="waiting"))
        .order_by("commitment__due_at", "pk")[:limit]
    )

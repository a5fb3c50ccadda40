"""The plans of one resident, short, as casework's own fragment shows them."""

from django.db.models import F, OuterRef, QuerySet

from nabij.access.actor import Actor
from nabij.access.agreements import rung_words
from nabij.casework.models import Activity, Case, Goal
from nabij.casework.queries import Plan, rung_rows
from nabij.commitments.models import Commitment, Pause
from nabij.core.bundles import Bundle, unbundle
from nabij.core.worded import Numbers, records


def short_plans(*, actor: Actor, case_ids: list[int]) -> list[Plan]:
    """Return these plans of a resident, open ones first, newest first, in one query: what the page of one plan adds is left out."""
    cases = records(_cases, actor=actor, ids=Numbers(case_ids)) if case_ids else []
    return [_plan(case) for case in sorted(cases, key=lambda case: not case.commitment.is_open)]


def _cases(*, actor: Actor, ids: list[int]) -> "QuerySet[Case]":
    here = {"case_id": OuterRef("pk")}
    rows = Case.objects.visible_to(actor).filter(pk__in=ids).select_related("commitment__owner__worker")
    return rows.annotate(
        wishes=Bundle(Goal.objects.filter(**here).order_by("pk")),
        doings=Bundle(Activity.objects.filter(**here).order_by("pk"), closed_at="commitment__closed_at"),
        ladder=F("commitment__municipality__region__ladder"),
        resting=Bundle(Pause.objects.filter(commitment_id=OuterRef("pk"), ended_at__isnull=True)),
    ).order_by("-commitment__opened_at", "-pk")


def _plan(case: Case) -> Plan:
    activities = unbundle(Activity, case.doings)
    for activity in activities:
        activity.commitment = Commitment(pk=activity.commitment_id, closed_at=activity.closed_at)
    return Plan(
        case=case,
        residents=[],
        others=0,
        goals=unbundle(Goal, case.wishes),
        rungs=rung_rows(activities=activities, words=rung_words(case.ladder)),
        asked=None,
        pause=next(iter(unbundle(Pause, case.resting)), None),
        ask_safely=True,
    )

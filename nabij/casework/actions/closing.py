"""The end of a case, and its return."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Grant, Membership, Role
from nabij.casework.models import Case, Goal
from nabij.commitments.actions import close_commitment, reopen_commitment
from nabij.commitments.clock import end_of, working_days_after
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused

from .keeping import keep_longer
from .planning import end_goal
from .steps import WORKS, end_access, give_access, open_commitment_of

WITH_CASE = "ended_with_case"
FIRST_LOOK_DAYS = 5  # working days after reopening
Results = dict[int, tuple[str, str]]


@action("casework.close_case", allow=WORKS, on="case")
def close_case(
    *, actor: Actor, at: datetime, case: Case, results: Results, resident_word: str, reason: str, end_activities: bool = False
) -> Case:
    """Close a case: every goal gets its result, the resident has the last word, and the reason is written down.

    The access that the case gave ends with it. With `end_activities` open activities end too. Raises Refused: closed already, no reason,
    a goal without result, or activities that are still open.
    """
    commitment = open_commitment_of(actor=actor, at=at, case=case)
    if not reason.strip():
        raise Refused(_("Write why the case ends now."), field="reason")
    goals = list(case.goals.filter(ended_at__isnull=True).order_by("pk"))
    for goal in goals:
        result, words = results.get(goal.pk, ("", ""))
        if result not in Goal.Result.values:
            raise Refused(_("Say of every goal how it ended. Still to say: %(goal)s") % {"goal": goal.text}, field=f"result_{goal.ref}")
        end_goal(actor=actor, at=at, goal=goal, result=result, words=words)
    _end_activities(actor, at, case, allowed=end_activities)
    case.resident_word, case.closing_reason = resident_word.strip(), reason.strip()
    raise_version(case)
    case.save(update_fields=["resident_word", "closing_reason", "version"])
    close_commitment(actor=actor, at=at, commitment=commitment, outcome=_outcome(case))
    case.case_dossiers.filter(until_on__isnull=True).update(until_on=timezone.localdate(at))
    end_access(actor=actor, at=at, case=case)
    keep_longer(actor=actor, at=at, case=case)
    return case


def _end_activities(actor: Actor, at: datetime, case: Case, *, allowed: bool) -> None:
    rows = Commitment.objects.filter(activity__case=case, closed_at__isnull=True)
    count = rows.count()
    if count and not allowed:
        words = ngettext(
            "%(count)s activity is still open. Finish it first, or choose that it ends with the case.",
            "%(count)s activities are still open. Finish them first, or choose that they end with the case.",
            count,
        )
        raise Refused(words % {"count": count}, field="end_activities")
    for commitment in rows:
        close_commitment(actor=actor, at=at, commitment=commitment, outcome=WITH_CASE)


def _outcome(case: Case) -> str:
    """Return how the case ended as a whole: what all goals have in common, else partly; without goals simply done."""
    found = set(case.goals.exclude(result="").values_list("result", flat=True))
    if not found:
        return "done"
    if len(found) > 1:
        return "partly"
    only = found.pop()
    return "not_reached" if only == Goal.Result.NOT else only


@action("casework.reopen_case", allow=WORKS, on="case")
def reopen_case(*, actor: Actor, at: datetime, case: Case, owner: Membership | None = None, due_at: datetime | None = None) -> Case:
    """Open a closed case again: the same coordinator, the same residents, the same access, as far as these people still work here.

    Goals and activities that ended stay ended, so a volunteer gets access with their next activity. Raises Refused: still open, or nobody of it works here any more (then choose an owner).
    """
    commitment = Commitment.objects.select_for_update().get(pk=case.pk)
    closed_at, before = commitment.closed_at, commitment.owner
    owner = owner or (before if _works_here(before, actor) else None)
    if owner is None:
        raise Refused(_("The coordinator does not work here any more. Choose who takes the case."), field="owner")
    due_at = due_at or end_of(working_days_after(timezone.localdate(at), FIRST_LOOK_DAYS))
    if due_at < at:
        raise Refused(_("This date has passed. Choose today or later."), field="due_on")
    case.commitment = reopen_commitment(actor=actor, at=at, commitment=commitment, owner=owner, due_at=due_at)
    case.case_dossiers.filter(until_on=timezone.localdate(closed_at)).update(until_on=None)
    _give_back(actor, at, case, closed_at)
    raise_version(case)
    case.save(update_fields=["version"])
    return case


def _works_here(member: Membership | None, actor: Actor) -> bool:
    return bool(member and not member.ended_at and not member.worker.blocked_at and (member.until_on is None or member.until_on >= actor.on))


def _give_back(actor: Actor, at: datetime, case: Case, closed_at: datetime) -> None:
    """Give back the access that ended with the case, to whom still works here."""
    links = case.case_dossiers.filter(until_on__isnull=True).select_related("dossier__controller")
    ended = Grant.objects.filter(purpose=case.purpose, ended_at=closed_at).values_list("worker_id", flat=True)
    working = Membership.objects.on(actor.on).exclude(role=Role.VOLUNTEER)
    members = working.filter(worker_id__in=list(ended), worker__blocked_at__isnull=True).select_related("worker")
    people = {member.worker_id: member for member in members} | {case.commitment.owner.worker_id: case.commitment.owner}
    for link in links:
        for member in people.values():
            give_access(actor=actor, at=at, case=case, dossier=link.dossier, membership=member)

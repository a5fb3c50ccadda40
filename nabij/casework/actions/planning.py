"""The plan: the question, the goals, what was agreed, whether the own network was asked."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.audit.models import Event
from nabij.casework.models import Case, Goal, NetworkAsk
from nabij.core.errors import Refused

from .steps import WORKS, open_commitment_of


@action("casework.question", allow=WORKS, on="case")
def set_question(*, actor: Actor, at: datetime, case: Case, question: str) -> Case:
    """Write down the resident's question in their own words. Raises Refused when the case is closed."""
    open_commitment_of(actor=actor, at=at, case=case)
    case.question = question.strip()
    raise_version(case)
    case.save(update_fields=["question", "version"])
    return case


@action("casework.add_goal", allow=WORKS, on="case", event=Event.CREATE)
def add_goal(*, actor: Actor, at: datetime, case: Case, text: str) -> Goal:
    """Write down what the resident wants to reach; it counts from the day on which they agree. Raises Refused: closed, or empty."""
    open_commitment_of(actor=actor, at=at, case=case)
    if not text.strip():
        raise Refused(_("Write what the resident wants to reach."), field="text")
    return Goal.objects.create(case=case, text=text.strip())


@action("casework.agree", allow=WORKS, on="case")
def agree_plan(*, actor: Actor, at: datetime, case: Case, how: str, on: date, present: str) -> Case:
    """Write down that the resident agrees: said or in writing, on which day, who were there. Spoken counts.

    Every goal that runs and was not agreed yet gets this day. Raises Refused: closed, a day to come, or nobody named.
    """
    open_commitment_of(actor=actor, at=at, case=case)
    if on > actor.on:
        raise Refused(_("This day has not come yet."), field="on")
    if not present.strip():
        raise Refused(_("Write who were there."), field="present")
    case.agreed_on, case.agreed_how, case.agreed_present = on, how, present.strip()
    raise_version(case)
    case.save(update_fields=["agreed_on", "agreed_how", "agreed_present", "version"])
    for goal in case.goals.filter(ended_at__isnull=True, agreed_on__isnull=True):
        goal.agreed_on = on
        raise_version(goal)
        goal.save(update_fields=["agreed_on", "version"])
    return case


@action("casework.end_goal", allow=WORKS, on="goal")
def end_goal(*, actor: Actor, at: datetime, goal: Goal, result: str, words: str = "") -> Goal:
    """End a goal with its result: reached, partly, not, given up. Raises Refused: no result, or ended already."""
    if result not in Goal.Result.values:
        raise Refused(_("Choose how this goal ended."), field="result")
    if goal.ended_at:
        raise Refused(_("This goal has ended already."))
    goal.result, goal.result_words, goal.ended_at = result, words.strip(), at
    raise_version(goal)
    goal.save(update_fields=["result", "result_words", "ended_at", "version"])
    return goal


@action("casework.ask_network", allow=WORKS, on="case", event=Event.CREATE)
def ask_network(*, actor: Actor, at: datetime, case: Case, answer: str) -> NetworkAsk:
    """Write down whether the own network was asked: yes, no, not safe, can do no more. Every answer stays; the latest counts.

    Counted per municipality, never per worker and never as a target (product, M4). Raises Refused: closed, or no such answer.
    """
    commitment = open_commitment_of(actor=actor, at=at, case=case)
    if answer not in NetworkAsk.Answer.values:
        raise Refused(_("Choose one of the answers."), field="answer")
    return NetworkAsk.objects.create(case=case, answer=answer, at=at, by_id=actor.acting_in(commitment.team_id))

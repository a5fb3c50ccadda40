"""Reads of casework: one case or part of it through the guard, the plan as people read it, plans of a resident, what a resident may have."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from nabij.access.actor import Actor
from nabij.access.agreements import RungWords, agreements_of
from nabij.access.models import Dossier, Membership, Role
from nabij.access.queries import colleagues, fetch
from nabij.casework.models import Activity, Breakthrough, Case, CaseDossier, Goal, NetworkAsk, Rung
from nabij.commitments.models import Pause
from nabij.core.few import Few
from nabij.residents.queries import names_of
from nabij.signals.models import Signal

ICONS = dict(zip(Rung, ("strength", "hands", "people", "building", "decision"), strict=True))


@dataclass(frozen=True)
class RungRow:
    """One rung of the ladder with what happens on it."""

    rung: Rung
    words: RungWords
    icon: str
    activities: list[Activity]

    @property
    def running(self) -> int:
        """Return how many activities still run on this rung."""
        return sum(activity.commitment.is_open for activity in self.activities)


def rung_rows(*, activities: list[Activity], words: tuple[RungWords, ...]) -> list[RungRow]:
    """Return the five rungs with what happens on each, in the words of the region."""
    return [RungRow(rung, told, ICONS[rung], [a for a in activities if a.rung == rung]) for rung, told in zip(Rung, words, strict=True)]


@dataclass
class Plan:
    """One case as people read it. `residents`: name by dossier ref, of those this reader may open; `others`: how many they may not."""

    case: Case
    residents: list[tuple[Dossier, str]]
    others: int
    goals: list[Goal]
    rungs: list[RungRow]
    asked: NetworkAsk | None
    pause: Pause | None
    ask_safely: bool

    @property
    def open_goals(self) -> list[Goal]:
        """Return the goals that still run."""
        return [goal for goal in self.goals if goal.ended_at is None]

    @property
    def measures(self) -> list[Breakthrough]:
        """Return the measures outside the rules, the newest first."""
        found = [activity.breakthrough for row in self.rungs for activity in row.activities if hasattr(activity, "breakthrough")]
        return sorted(found, key=lambda measure: measure.pk, reverse=True)

    @property
    def running(self) -> int:
        """Return how many activities still run."""
        return sum(rung.running for rung in self.rungs)


def case_of(*, actor: Actor, ref: str) -> Case:
    """Return one case with its coordinator, by the ref of the case or of its commitment. Raises Absent."""
    own = Case.objects.filter(commitment__ref=ref).values_list("ref", flat=True).first()
    return fetch(_with_people(Case.objects.all()), actor=actor, ref=own or ref)


def goal_of(*, actor: Actor, ref: str) -> Goal:
    """Return one goal with its case. Raises Absent."""
    return fetch(Goal.objects.select_related("case__commitment__owner__worker", "case__commitment__team", "case__commitment__dossier"), actor=actor, ref=ref)


def activity_of(*, actor: Actor, ref: str) -> Activity:
    """Return one activity with its case, by the ref of the activity or of its commitment. Raises Absent."""
    rows = Activity.objects.select_related(
        "commitment__owner__worker", "commitment__team", "commitment__dossier", "case__commitment__owner__worker", "breakthrough__asked_by__worker"
    )
    own = rows.filter(commitment__ref=ref).values_list("ref", flat=True).first()
    return fetch(rows, actor=actor, ref=own or ref)


def dossier_to_open(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that somebody wants to work on. Raises Absent."""
    return fetch(Dossier.objects.select_related("team"), actor=actor, ref=ref)


def signal_of(*, actor: Actor, ref: str) -> Signal:
    """Return the signal a case begins with. Raises Absent."""
    return fetch(Signal.objects.select_related("commitment__dossier", "commitment__owner__worker", "commitment__team"), actor=actor, ref=ref)


def coordinators(*, actor: Actor, case: Case | None = None) -> list[Membership]:
    """Return the paid colleagues who could coordinate: of the actor's teams and the team that has the case."""
    teams = sorted({*actor.team_ids, *([case.commitment.team_id] if case else [])})
    return [member for member in colleagues(team_ids=teams, on=actor.on) if member.role in {Role.WORKER, Role.LEAD, Role.GGD} and member.paid]


def volunteers(*, actor: Actor, case: Case) -> list[Membership]:
    """Return the volunteers of the actor's teams and of the team that has the case."""
    teams = sorted({*actor.team_ids, case.commitment.team_id})
    return [member for member in colleagues(team_ids=teams, on=actor.on) if member.role == Role.VOLUNTEER or not member.paid]


def open_cases(*, actor: Actor, dossier_ids: list[int]) -> list[Case]:
    """Return the open cases of these residents, so that nobody opens a second one without knowing."""
    roots = Dossier.objects.filter(pk__in=dossier_ids).values("root_id")
    links = CaseDossier.objects.filter(dossier__root_id__in=roots, until_on__isnull=True).values("case_id")
    rows = _with_people(Case.objects.visible_to(actor)).filter(Few(F("pk"), links), commitment__closed_at__isnull=True)
    return list(rows.order_by("pk"))


def _with_people(rows: "QuerySet[Case]") -> "QuerySet[Case]":
    return rows.select_related("commitment__owner__worker", "commitment__team", "commitment__dossier", "commitment__municipality__region", "signal")


def plan_page(*, actor: Actor, case: Case) -> Plan:
    """Return the plan of one case: residents, goals, activities on the ladder, network asked, pause. Seven queries."""
    return _plans(actor, [case])[0]


def plan_of(*, actor: Actor, dossier_id: int) -> list[Plan]:
    """Return the plans of one resident, for their page: open ones first, newest first. Eight queries, however many plans there are."""
    root = Dossier.objects.filter(pk=dossier_id).values("root_id")[:1]
    links = CaseDossier.objects.filter(dossier__root_id=root).values("case_id")
    cases = list(_with_people(Case.objects.visible_to(actor)).filter(Few(F("pk"), links)).order_by("-commitment__opened_at", "-pk"))
    cases.sort(key=lambda case: not case.commitment.is_open)
    return _plans(actor, cases)


def _plans(actor: Actor, cases: list[Case]) -> list[Plan]:
    ids = [case.pk for case in cases]
    residents, others = _residents(actor, ids)
    goals = _by_case(Goal.objects.filter(case_id__in=ids).order_by("pk"))
    activities = _by_case(
        Activity.objects.filter(case_id__in=ids).select_related("commitment__owner__worker", "goal", "breakthrough__asked_by__worker", "breakthrough__peer__worker").order_by("commitment__due_at", "pk")
    )
    asks = _by_case(NetworkAsk.objects.filter(case_id__in=ids).select_related("by__worker").order_by("at", "pk"))
    pauses = {pause.commitment_id: pause for pause in Pause.objects.filter(commitment_id__in=ids, ended_at__isnull=True)}
    return [
        Plan(
            case=case,
            residents=residents[case.pk],
            others=others[case.pk],
            goals=goals[case.pk],
            rungs=rung_rows(activities=activities[case.pk], words=agreements_of(municipality=case.commitment.municipality).rungs),
            asked=asks[case.pk][-1] if asks[case.pk] else None,
            pause=pauses.get(case.pk),
            ask_safely=not (case.signal and case.signal.unsafe),
        )
        for case in cases
    ]


def _by_case(rows: "QuerySet[Any]") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _residents(actor: Actor, case_ids: list[int]) -> tuple[dict[int, list[tuple[Dossier, str]]], dict[int, int]]:
    """Return who each case is about as far as this reader may know, and how many more there are."""
    links = list(CaseDossier.objects.filter(case_id__in=case_ids).select_related("dossier").order_by("pk"))
    opened = set(Dossier.objects.visible_to(actor).filter(pk__in=[link.dossier_id for link in links]).values_list("pk", flat=True))
    names = names_of(dossier_ids=opened)
    shown: dict[int, list[tuple[Dossier, str]]] = defaultdict(list)
    others: dict[int, int] = defaultdict(int)
    for link in links:
        if link.dossier_id in opened:
            shown[link.case_id].append((link.dossier, names.get(link.dossier_id, "")))
        else:
            others[link.case_id] += 1
    return shown, others


def running_goals(*, case: Case) -> list[Goal]:
    """Return the goals that still run, oldest first."""
    return list(Goal.objects.filter(case=case, ended_at__isnull=True).order_by("pk"))


def running_activities(*, case: Case) -> list[Activity]:
    """Return the activities that still run, the first due on top."""
    rows = Activity.objects.filter(case=case, commitment__closed_at__isnull=True)
    return list(rows.select_related("commitment").order_by("commitment__due_at", "pk"))


def export_cases(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the cases of this resident with question, goals, activities and results, oldest first (GDPR art. 15). Nobody else's name is in it."""
    mine = Q(case_dossiers__dossier__root_id=dossier.root_id)
    rows = Case.objects.filter(mine).select_related("commitment").distinct().order_by("commitment__opened_at", "pk")
    done = Prefetch("activities", Activity.objects.select_related("commitment", "breakthrough").order_by("pk"))
    return [
        {
            "opened_at": case.commitment.opened_at,
            "closed_at": case.commitment.closed_at,
            "outcome": case.commitment.outcome,
            "question": case.question,
            "agreed_on": case.agreed_on,
            "resident_word": case.resident_word,
            "closing_reason": case.closing_reason,
            "goals": [{"text": g.text, "agreed_on": g.agreed_on, "result": g.result, "words": g.result_words} for g in case.goals.all()],
            "activities": [{"text": a.text, "rung": a.rung, "outcome": a.commitment.outcome} for a in case.activities.all()],
            "measures": [_measure(a.breakthrough) for a in case.activities.all() if hasattr(a, "breakthrough")],
            "copies": [{"kind": c.kind, "handed_on": c.handed_on} for c in case.copies.all() if c.dossier.root_id == dossier.root_id],
        }
        for case in rows.prefetch_related("goals", "copies__dossier", done)
    ]


def _measure(row: Breakthrough) -> dict[str, Any]:
    return {"text": row.activity.text, "reason": row.reason, "amount": row.amount, "state": row.state, "asked_at": row.asked_at, "word": row.peer_word}

"""Reads of outcomes: what became of one case, and the sums of a municipality without small counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from nabij.access.actor import Actor
from nabij.access.agreements import Agreements, RungWords, agreements_in, agreements_of
from nabij.access.models import Dossier, Municipality
from nabij.access.queries import fetch
from nabij.casework.models import Activity, Case, CaseDossier, Goal, Rung
from nabij.casework.queries import ICONS, case_of
from nabij.core.few import Few
from nabij.life_domains.queries import Change, latest_and_first
from nabij.residents.models import ContactWay
from nabij.residents.queries import names_of

from .counting import Shown, shown
from .models import FACES, QUESTIONS, Experience

BETTER, SAME, WORSE = "better", "same", "worse"


@dataclass(frozen=True)
class DomainRow:
    """One life domain of one resident: first and latest step, as the colleague and as the resident see it; `went`: better, same or worse."""

    domain: str
    first_on: date
    latest_on: date
    worker: tuple[str, str]
    resident: tuple[str, str]
    went: str


@dataclass(frozen=True)
class PersonRow:
    """One resident of a case that this reader may open: the domains before and after, and what they said themselves."""

    dossier: Dossier
    name: str
    domains: list[DomainRow]
    experiences: list[Experience]


@dataclass(frozen=True)
class RungCount:
    """How much was done on one rung of the ladder: finished with a result, and still running."""

    rung: Rung
    words: RungWords
    icon: str
    done: int
    running: int


@dataclass(frozen=True)
class OutcomeOf:
    """What a case led to so far."""

    case: Case
    goals: list[Goal]
    people: list[PersonRow]
    rungs: list[RungCount]


def case_at(*, actor: Actor, ref: str) -> Case:
    """Return a case that this actor may open. Raises Absent."""
    return case_of(actor=actor, ref=ref)


def residents_of(*, actor: Actor, case: Case) -> list[tuple[Dossier, str]]:
    """Return who the case is or was about, as far as this actor may open them, by name."""
    links = CaseDossier.objects.filter(case=case).values("dossier_id")
    dossiers = list(Dossier.objects.visible_to(actor).filter(Few(F("pk"), links)).select_related("team", "municipality__region").order_by("pk"))
    names = names_of(dossier_ids=[dossier.pk for dossier in dossiers])
    return [(dossier, names.get(dossier.pk, "")) for dossier in dossiers]


def outcome_of(*, actor: Actor, case: Case) -> OutcomeOf:
    """Return goals with their results, domains before and after, the rungs, and the residents' own experience. The same queries at any size."""
    people = residents_of(actor=actor, case=case)
    ids = [dossier.pk for dossier, _name in people]
    changes = latest_and_first(dossier_ids=ids)
    said = list(Experience.objects.visible_to(actor).filter(case=case).select_related("typed_by__worker", "asked_by__worker", "dossier").order_by("asked_at", "pk"))
    return OutcomeOf(
        case=case,
        goals=list(Goal.objects.filter(case=case).order_by("pk")),
        people=[PersonRow(d, name, _domains(d, changes.get(d.pk, {})), [e for e in said if e.dossier_id == d.pk]) for d, name in people],
        rungs=_rungs(case, agreements_of(municipality=people[0][0].municipality) if people else agreements_in(region=None)),
    )


def _domains(dossier: Dossier, changes: dict[str, Change]) -> list[DomainRow]:
    agreed = agreements_of(municipality=dossier.municipality)
    return [DomainRow(agreed.name(key), c.first_on, c.latest_on, _words(c.worker, agreed), _words(c.resident, agreed), went(change=c)) for key, c in changes.items()]


def _words(steps: tuple[int | None, int | None], agreed: Agreements) -> tuple[str, str]:
    first, latest = (agreed.steps[step - 1] if step else "" for step in steps)
    return first, latest


def went(*, change: Change) -> str:
    """Return whether a domain went better, stayed the same or went worse: by the colleague's step, else the resident's; scored once is the same."""
    for first, latest in (change.worker, change.resident):
        if first and latest:
            return BETTER if latest > first else WORSE if latest < first else SAME
    return SAME


def _rungs(case: Case, agreed: Agreements) -> list[RungCount]:
    rows = list(Activity.objects.filter(case=case).values_list("rung", "commitment__closed_at", "commitment__outcome"))
    done, running = Counter(r for r, closed, outcome in rows if closed and outcome == "done"), Counter(r for r, closed, _o in rows if not closed)
    return [RungCount(rung, agreed.rung(rung), ICONS[rung], done[rung], running[rung]) for rung in Rung]


def mail_of(*, dossier: Dossier, on: date) -> str:
    """Return an address to which mail is safe, or nothing."""
    rows = ContactWay.objects.filter(dossier__root_id=dossier.root_id, kind=ContactWay.Kind.EMAIL, safe=True).order_by("-preferred", "pk")
    return next((way.value for way in rows if way.until_on is None or way.until_on >= on), "")


def experience_of(*, actor: Actor, ref: str) -> Experience:
    """Return one request for an experience, through the guard. Raises Absent."""
    return fetch(Experience.objects.select_related("case__commitment", "dossier"), actor=actor, ref=ref)


def asked_by_link(*, ref: str) -> Experience | None:
    """Return the request that a link belongs to, as long as it waits for an answer; the link itself was checked by whoever asks."""
    rows = Experience.objects.select_related("case__commitment__team", "dossier__municipality").filter(ref=ref, answered_on__isnull=True)
    return rows.filter(dossier__erased_at__isnull=True).first()


@dataclass(frozen=True)
class Summary:
    """The outcomes of one municipality in a period; None where the count is too small to show. Nothing in it goes by worker or team."""

    goals: Shown
    domains: dict[str, Shown]
    rungs: Shown
    experience: dict[str, Shown]


def summary(*, municipality: Municipality, from_on: date, until_on: date) -> Summary:
    """Return how many goals ended how, how life domains went, what was done on each rung, and what residents said, in a period (days included).

    Source: goals by the day they ended, activities by the day they were done, experiences by the day they were answered, domains of residents
    whose case ended in the period. Counts below five are left out, also where they could be found by subtraction.
    """
    days = (from_on, until_on)
    goals = Goal.objects.filter(case__commitment__municipality=municipality, ended_at__date__range=days)
    acts = Activity.objects.filter(commitment__municipality=municipality, commitment__closed_at__date__range=days, commitment__outcome="done")
    said = Experience.objects.filter(dossier__municipality=municipality, answered_on__range=days)
    return Summary(
        goals=_counted(goals, "result", Goal.Result.values),
        domains=_domain_counts(municipality, days),
        rungs=_counted(acts, "rung", [rung.value for rung in Rung]),
        experience={name: _counted(said.filter(**{f"{name}__isnull": False}), name, FACES) for name in QUESTIONS},
    )


def _counted(rows: "QuerySet[Any]", column: str, codes: Iterable[Any]) -> Shown:
    found = dict(rows.order_by().values_list(column).annotate(n=Count("pk")))
    return shown({str(code): found.get(code, 0) for code in codes})


def _domain_counts(municipality: Municipality, days: tuple[date, date]) -> dict[str, Shown]:
    ended = Case.objects.filter(commitment__municipality=municipality, commitment__closed_at__date__range=days)
    ids = CaseDossier.objects.filter(case__in=ended).values_list("dossier_id", flat=True).distinct()
    counts: dict[str, Counter[str]] = {}
    for changes in latest_and_first(dossier_ids=ids, until=days[1]).values():
        for key, change in changes.items():
            if change.first_on != change.latest_on:
                counts.setdefault(key, Counter())[went(change=change)] += 1
    return {key: shown({code: count[code] for code in (BETTER, SAME, WORSE)}) for key, count in counts.items()}


def export_experiences(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return what this resident answered, oldest first (GDPR art. 15)."""
    rows = Experience.objects.filter(dossier__root_id=dossier.root_id, answered_on__isnull=False).order_by("answered_on", "pk")
    return [{"answered_on": e.answered_on, "way": e.way, **{name: getattr(e, name) for name in QUESTIONS}, "words": e.words} for e in rows]

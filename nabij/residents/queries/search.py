"""Is this resident already known? What this actor may hear about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Role
from nabij.core.worded import Numbers, ask, records
from nabij.linkage import MAYBE, Person, Sure, how_sure, reasons_in_words
from nabij.residents.linkage import Found, look_up, read_words
from nabij.residents.models import Resident

# Who hears that another team of their own organisation knows somebody.
HEARS_OF_OTHERS = {Role.WORKER, Role.LEAD, Role.GGD, Role.COUNTER}
# Less than this speaks for it: not shown. Many who share a common name are each unlikely, yet must be seen.
LEAST = 2.0


ROOT = ("root_id", "root__restricted", "root__team_id", "root__controller_id", "root__erased_at", "root__team__name", "root__team__phone")


class Root(NamedTuple):
    """What must be known of the dossier that a found one is, or was merged into."""

    pk: int
    restricted: bool
    team_id: int
    controller_id: int
    erased: datetime | None
    team: str
    phone: str


@dataclass(frozen=True)
class Candidate:
    """Somebody this actor may open: how likely it is them, in a number and a word, and why."""

    resident: Resident
    reasons: list[str]
    probability: float
    sure: Sure
    mine: bool


@dataclass(frozen=True, order=True)
class Elsewhere:
    """A team of the same organisation that knows this person, and its number. Nothing more."""

    team: str
    phone: str


@dataclass
class SearchAnswer:
    """What a search says. `held_back`: restricted dossiers found in full, whose own people are told; never for a page."""

    candidates: list[Candidate] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    held_back: list[int] = field(default_factory=list, repr=False)

    def __bool__(self) -> bool:
        return bool(self.candidates or self.elsewhere)


def search_residents(*, actor: Actor, words: str, limit: int = 20) -> SearchAnswer:
    """Return who fits these words: people this actor may open, and teams of the same organisation that know a person in full.

    Full is surname with birth date, or with the whole address (house, section 4). Restricted dossiers and other organisations are
    exactly as absent: the same queries, the same answer. A page calls the action `search` instead, which writes it down and tells.
    """
    return answer_for(actor=actor, people=read_words(words), limit=limit)


def answer_for(*, actor: Actor, people: Sequence[Person], limit: int = 20, least: float = 0.0) -> SearchAnswer:
    """Return who could be this person (`people`: ways to read what was said), by the same rule, in six queries.

    `least`: how likely it must be to be worth a question before somebody is written down.
    """
    looked = look_up(people, team_ids=actor.dossier_team_ids)
    found = {one.dossier_id: one for one in looked if one.full or _worth_showing(one, least)}
    roots = {pk: Root(*rest) for pk, *rest in ask(_roots, ids=Numbers([0, *found]))}
    # the guard on its own, not inside another query: it is looked at once for each dossier
    opened = {pk for (pk,) in ask(_opened, actor=actor, ids=Numbers([0, *(root.pk for root in roots.values())]))}
    answer = SearchAnswer()
    shown: dict[int, tuple[Found, bool]] = {}
    hears = bool(HEARS_OF_OTHERS & actor.functions)
    for one in found.values():
        root = roots.get(one.dossier_id)
        if root is None or root.erased or root.pk in shown:
            continue
        if root.pk in opened:
            if _worth_showing(one, least):
                shown[root.pk] = (one, root.team_id in actor.team_ids)
        elif one.full and root.restricted:
            answer.held_back.append(root.pk)
        elif one.full and hears and root.controller_id in actor.controller_ids:
            answer.elsewhere.append(Elsewhere(root.team, root.phone))
    answer.candidates = _candidates(shown, limit)
    answer.held_back = sorted(set(answer.held_back))
    answer.elsewhere = sorted(set(answer.elsewhere))
    return answer


def _candidates(shown: dict[int, tuple[Found, bool]], limit: int) -> list[Candidate]:
    """Return the likeliest, with their records: only of those who are shown. At equal likelihood one's own residents first, then the newest."""
    first = sorted(shown.items(), key=lambda one: (-round(one[1][0].probability, 2), not one[1][1], -one[0]))[:limit]
    people_of = {resident.pk: resident for resident in records(_people, ids=Numbers([0, *(pk for pk, _shown in first)]))}
    return [
        Candidate(people_of[pk], reasons_in_words(one.levels), one.probability, how_sure(one.probability, one.levels), mine)
        for pk, (one, mine) in first
        if pk in people_of
    ]


def _roots(ids: list[int]) -> "QuerySet[Dossier, Any]":
    return Dossier.objects.filter(pk__in=ids).order_by("pk").values_list("pk", *ROOT)


def _opened(actor: Actor, ids: list[int]) -> "QuerySet[Dossier, Any]":
    return Dossier.objects.visible_to(actor).filter(pk__in=ids).values_list("pk")


def _people(ids: list[int]) -> "QuerySet[Resident]":
    return Resident.objects.select_related("dossier").filter(pk__in=ids)


def _worth_showing(one: Found, least: float) -> bool:
    return one.probability >= least if least else one.weight >= LEAST or one.probability >= MAYBE

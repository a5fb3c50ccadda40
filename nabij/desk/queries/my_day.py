"""Mijn dag: everything one answers for, one row per resident, in the order of need."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Role
from nabij.commitments.models import Commitment
from nabij.commitments.queries import answers_for, board
from nabij.contacts.queries import Silence, silences
from nabij.core.worded import Numbers, ask_kept, kept, moment
from nabij.desk.need import Group, Key, Line, Today, band_of, from_cursor, key_of, to_cursor
from nabij.residents.models import died_on

from .rows import Row, rows_of

COLUMNS = ("pk", "dossier_id", "dossier__root_id", "kind", "owner_id", "urgency", "due_at", "term_at", "look_again_on", "died_on")
PAGE = 25
PAUSED, STAND_IN = "paused", "stand_in"


@dataclass
class MyDay:
    """One page of the list. `bands`: name, how many in all, rows on this page. `kinds`: how many open things of each kind there are."""

    bands: list[tuple[str, int, list[Row]]]
    kinds: dict[str, int]
    everything: int
    total: int
    next_cursor: str = ""
    pressing: int = 0
    dossier_ids: list[int] = field(default_factory=list)


def my_day(*, actor: Actor, filter: str = "", after: str = "", limit: int = PAGE, routes: bool = True) -> MyDay:
    """Return one page of what this actor answers for today, with the work of those they replace.

    One row per resident; what else is due for them is folded in. Four queries at any length: own open work is read as a whole in one
    narrow scan (that is what makes one row per resident, honest counts and a stable order possible), details only for the page shown.
    docs/decisions/0010-my-day-reads-the-whole-list.md
    """
    owners, together = Numbers(answers_for(actor=actor)), actor.functions == {Role.VOLUNTEER}
    lines = list(map(Line._make, ask_kept(_lines, actor=actor, owners=owners, together=together)))
    quiet = silences(dossier_ids={line.dossier_id for line in lines if line.dossier_id}, on=actor.on)
    mine = set(actor.membership_ids)
    wanted = [line for line in lines if filter in _names(line, mine)] if filter else lines
    groups = _grouped(wanted, quiet, Today(actor.on, kept))
    place = from_cursor(after, kept)
    rest = [group for group in groups if group.key > place] if place else groups
    page = rest[:limit]
    rows = rows_of(actor=actor, groups=page, routes=routes)
    counts = Counter(group.band for group in groups)
    return MyDay(
        bands=[(band, counts[band], list(some)) for band, some in groupby(rows, key=lambda row: row.band)],
        kinds=_kinds(lines, mine),
        everything=len(lines),
        total=len(groups),
        next_cursor=_cursor(page[-1]) if len(rest) > limit else "",
        pressing=counts["now"] + counts["late"] + counts["today"],
        dossier_ids=[row.dossier_id for row in rows if row.dossier_id and row.may_open],
    )


def _cursor(group: Group) -> str:
    place, due, number = group.key
    return to_cursor((place, moment(due), number))


def _lines(*, actor: Actor, owners: list[int], together: bool) -> "QuerySet[Commitment, tuple[Any, ...]]":
    return board(actor=actor, together=together, owners=owners).annotate(died_on=died_on("dossier_id")).values_list(*COLUMNS)


def _kinds(lines: list[Line], mine: set[int]) -> dict[str, int]:
    """Return how much there is under each filter."""
    counts = Counter(line.kind for line in lines)
    counts[PAUSED] = sum(line.look_again_on is not None for line in lines)
    counts[STAND_IN] = sum(line.owner_id not in mine for line in lines)
    return {name: count for name, count in counts.items() if count}


def _names(line: Line, mine: set[int]) -> list[str]:
    """Return under which filters a line is found."""
    names = [line.kind]
    if line.look_again_on:
        names.append(PAUSED)
    if line.owner_id not in mine:
        names.append(STAND_IN)
    return names


def _grouped(lines: list[Line], quiet: dict[int, Silence], today: Today) -> list[Group]:
    """Put the lines of one resident together; what hangs on nobody stands alone."""
    found: dict[object, list[tuple[Key, Line]]] = {}
    for line in lines:
        band = band_of(line, quiet.get(line.dossier_id or 0), today)
        found.setdefault(line.root_id or ("loose", line.pk), []).append((key_of(line, band), line))
    groups = []
    for members in found.values():
        (key, head), *rest = sorted(members, key=itemgetter(0)) if len(members) > 1 else members
        groups.append(Group(key, head, [line for _key, line in rest], quiet.get(head.dossier_id or 0)))
    return sorted(groups, key=lambda group: group.key)

"""Take a whole file over: every good row once, every refused row with its line and reason."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Membership
from nabij.core.errors import Absent, Refused
from nabij.core.text import harmless
from nabij.residents.models import Address, Resident
from nabij.upkeep.actions.importing import import_resident

from .reading import Line, Sheet
from .rows import PERSON, Intake, person_key, read_intake


@dataclass
class Outcome:
    """What became of the rows: taken over, here already, refused with the reason; and how many got a proposed date."""

    added: int = 0
    known: int = 0
    dated: int = 0
    refused: list[tuple[Line, str]] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """Return the counts in one sentence."""
        words = _(
            "%(added)d taken over (%(dated)d got a proposed next date), %(known)d were here already, %(refused)d refused."
        )
        return words % {"added": self.added, "dated": self.dated, "known": self.known, "refused": len(self.refused)}


class _DryRun(Exception):
    pass


@dataclass
class Known:
    """Who is here already in the organisations of this administrator, by other system's number and by person."""

    numbers: set[tuple[int, str, str]] = field(default_factory=set)
    persons: set[tuple[object, ...]] = field(default_factory=set)

    def has(self, intake: Intake) -> bool:
        """Tell whether this row was taken over before: the number of the other system decides, else the person."""
        house = intake.owner.team.controller_id
        by_number = intake.other_number and (house, *intake.other_number) in self.numbers
        return bool(by_number) or (intake.key is not None and (house, *intake.key) in self.persons)

    def add(self, intake: Intake) -> None:
        """Remember a row of this run."""
        house = intake.owner.team.controller_id
        if intake.key is not None:
            self.persons.add((house, *intake.key))
        if intake.other_number:
            self.numbers.add((house, *intake.other_number))


def known_people(*, municipality_ids: list[int], on: date) -> Known:
    """Return who is here, in two queries. Names are only compared, never shown."""
    known, places = Known(), {}
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    rows = Address.objects.filter(running, dossier__municipality_id__in=municipality_ids).order_by("id")
    for row in rows.values("dossier_id", "secret", "postcode", "number"):
        places.setdefault(row["dossier_id"], []).append(row)
    people = Resident.objects.filter(
        known=True, dossier__municipality_id__in=municipality_ids, dossier__erased_at__isnull=True
    )
    for row in people.values(
        *PERSON, "pk", "dossier__controller_id", "birth_year", "birth_month", "birth_day", "other_numbers"
    ):
        birth, house = (row["birth_year"], row["birth_month"], row["birth_day"]), row["dossier__controller_id"]
        keys = [person_key(row, birth, place) for place in places.get(row["pk"], [{}])]
        known.persons.update((house, *key) for key in keys if key)
        known.numbers.update((house, system, number) for system, number in row["other_numbers"])
    return known


def colleagues_by_mail(*, municipality_ids: list[int], on: date) -> dict[str, list[Membership]]:
    """Return who works in these municipalities on a day, by e-mail address in lower case."""
    rows = Membership.objects.on(on).filter(team__municipality_id__in=municipality_ids, worker__blocked_at__isnull=True)
    found: dict[str, list[Membership]] = {}
    for row in rows.select_related("worker", "team__controller").order_by("id"):
        found.setdefault(row.worker.email.casefold(), []).append(row)
    return found


def take_in(
    *,
    actor: Actor,
    at: datetime,
    sheet: Sheet,
    dry_run: bool = False,
    progress: Callable[[Iterable[Line]], Iterable[Line]] = iter,
) -> Outcome:
    """Take over every row that can be; each row is one transaction, so nothing is half there. The same file again adds nothing.

    A dry run does all of it and takes it back row by row, so that it refuses exactly what the real run would.
    """
    outcome, on = Outcome(), actor.on
    people = colleagues_by_mail(municipality_ids=actor.municipality_ids, on=on)
    known = known_people(municipality_ids=actor.municipality_ids, on=on)
    for line in progress(sheet.lines):
        try:
            intake = read_intake(fields=line.fields, people=people, on=on)
            if known.has(intake):
                outcome.known += 1
                continue
            _import(actor, at, intake, dry_run)
        except Refused as refusal:
            outcome.refused.append((line, refusal.message))
            continue
        except (Absent, DatabaseError, ValueError) as problem:
            outcome.refused.append(
                (
                    line,
                    _("This row cannot be stored (%(kind)s). Look at it for text that is too long.")
                    % {"kind": type(problem).__name__},
                )
            )
            continue
        known.add(intake)
        outcome.added += 1
        outcome.dated += intake.next_on is None
    return outcome


def _import(actor: Actor, at: datetime, intake: Intake, dry_run: bool) -> None:
    try:
        with transaction.atomic():
            import_resident(actor=actor.again(), at=at, intake=intake)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass


def write_refused(*, path: Path, sheet: Sheet, refused: list[tuple[Line, str]]) -> None:
    """Write the refused rows, with line number and reason in front, for its owner only: correct them and import that file."""
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([_("line"), _("reason"), *map(harmless, sheet.headers)])
        writer.writerows([line.number, reason, *map(harmless, line.cells)] for line, reason in refused)

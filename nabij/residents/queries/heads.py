"""Who this is, and what to know before going: for the head of a page and for rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.core.bundles import Bundle, unbundle
from nabij.core.errors import Absent
from nabij.core.worded import records
from nabij.linkage.birthdays import age_on
from nabij.residents.models import Address, Away, ContactWay, Name, Resident, SafetyNote


@dataclass(frozen=True)
class HeaderOf:
    """All that the head of a resident's page needs. What this actor may not read is not in it."""

    ref: str
    name: str
    known: bool
    birth_text: str
    age: int | None
    language: str
    interpreter: bool
    cannot_read: bool
    deceased_on: date | None
    restricted: bool
    paid: bool
    safety: list[SafetyNote] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    ways: list[ContactWay] = field(default_factory=list)
    away: Away | None = None

    @property
    def home(self) -> Address | None:
        """Return where somebody is now: where they stay before where they live."""
        return self.home_of(self.addresses)

    @staticmethod
    def home_of(addresses: list[Any]) -> Any:
        """Return which of these addresses counts as where somebody is; records, or rows with the same names."""
        rank = {Address.Kind.STAY: 0, Address.Kind.HOME: 1, Address.Kind.NONE: 2}
        here = [address for address in addresses if address.kind in rank]
        return min(here, key=lambda address: rank[Address.Kind(address.kind)], default=None)

    @property
    def phone(self) -> ContactWay | None:
        """Return the number to call: the preferred one, else the first that is safe, else the first."""
        return self.phone_of(self.ways)

    @staticmethod
    def phone_of(ways: list[Any]) -> Any:
        """Return which of these ways is the number to call; records, or rows with the same names."""
        numbers = [way for way in ways if way.kind == ContactWay.Kind.PHONE]
        return min(numbers, key=lambda way: (not way.preferred, not way.safe), default=None)


def is_paid(*, actor: Actor) -> bool:
    """Tell whether this actor reads what only paid colleagues read: why a safety note stands, where a secret address is."""
    return actor.is_system or any(seat.paid for seat in actor.memberships)


def names_of(*, dossier_ids: Iterable[int]) -> dict[int, str]:
    """Return how colleagues call these people, by dossier, in one query: a merged one as the one it was merged into.

    Rights were looked at by whoever found the dossiers.
    """
    rows = Resident.objects.filter(dossier__merged__in=list(dossier_ids)).annotate(asked=F("dossier__merged")).only("dossier_id", *Name._fields)
    return {row.asked: row.display_name or _("Erased") for row in rows}


def safety_of(*, dossier_ids: Iterable[int]) -> dict[int, list[SafetyNote]]:
    """Return the running safety notes of these dossiers, oldest first, in one query. `fact` is for paid colleagues only."""
    found: dict[int, list[SafetyNote]] = defaultdict(list)
    rows = SafetyNote.objects.filter(dossier__root__merged__in=list(dossier_ids), ended_at__isnull=True)
    rows = rows.select_related("author__worker").annotate(author_name=F("author__worker__name"), asked=F("dossier__root__merged"))
    for note in rows.order_by("made_at", "pk"):
        found[note.asked].append(note)
    return dict(found)


def header_of(*, actor: Actor, dossier: Dossier) -> HeaderOf:
    """Return all that the head of this resident's page needs, in one query. The page has fetched the dossier through the guard.

    For a volunteer the safety notes say what to do, not why, and a secret address is empty. Raises Absent: a dossier without a resident.
    """
    resident = next(iter(records(_with_all, pk=dossier.pk, on=actor.on)), None)
    if resident is None:
        raise Absent
    addresses, safety = unbundle(Address, resident.addresses), unbundle(SafetyNote, resident.notes)
    away = next(iter(unbundle(Away, resident.aways)), None)
    paid = is_paid(actor=actor)
    if not paid:
        for hidden in safety:
            hidden.fact = ""
        for place in addresses:
            place.secret_text = ""
    year, month, day = resident.birth_year, resident.birth_month, resident.birth_day
    return HeaderOf(
        ref=dossier.ref,
        name=resident.display_name or _("Erased"),
        known=resident.known,
        birth_text=resident.birth_text,
        age=age_on(year=year, month=month, day=day, on=resident.deceased_on or actor.on),
        language=resident.language,
        interpreter=resident.interpreter,
        cannot_read=resident.cannot_read,
        deceased_on=resident.deceased_on,
        restricted=dossier.restricted,
        paid=paid,
        safety=safety,
        addresses=addresses,
        ways=unbundle(ContactWay, resident.ways),
        away=away,
    )


def _with_all(*, pk: int, on: date) -> "QuerySet[Resident]":
    """Return a resident with all that hangs on them today, each in one JSON column."""
    here, running = {"dossier__root_id": OuterRef("pk")}, Q(until_on__isnull=True) | Q(until_on__gte=on)
    notes = SafetyNote.objects.filter(ended_at__isnull=True, **here).order_by("made_at", "pk")
    return Resident.objects.filter(pk=pk).annotate(
        addresses=Bundle(Address.objects.filter(running, from_on__lte=on, **here).order_by("from_on", "pk")),
        ways=Bundle(ContactWay.objects.filter(running, **here).order_by("-preferred", "pk")),
        notes=Bundle(notes, author_name="author__worker__name"),
        aways=Bundle(Away.objects.filter(from_on__lte=on, until_on__gte=on, **here).order_by("-until_on")),
    )

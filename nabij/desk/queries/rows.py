"""The rows of a page of my day: who, what was promised, since when, how to reach them safely."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.models import Case, OuterRef, Q, QuerySet, TextField, Value, When
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import opened_one
from nabij.commitments.models import Commitment, Kind
from nabij.contacts.queries import Silence
from nabij.core.bundles import Bundle, opened
from nabij.core.text import one_line
from nabij.core.worded import Numbers, ask
from nabij.desk.kinds import KINDS, KindOf, page_rows
from nabij.desk.need import Group
from nabij.residents.models import Address, ContactWay, Name, SafetyNote, address_line, name_of
from nabij.residents.queries import HeaderOf

WORDS = 100


class Way(NamedTuple):
    """A way to reach somebody, as a row needs it."""

    kind: str
    value: str
    safe: bool
    preferred: bool


class Place(NamedTuple):
    """Where somebody is, as a row needs it; never a secret address."""

    kind: str
    street: str
    number: str
    postcode: str
    place: str

    @property
    def line(self) -> str:
        return address_line(self.street, self.number, self.postcode, self.place)


class Detail(NamedTuple):
    """One commitment with what a row shows of it, as it comes from the database in one query."""

    pk: int
    ref: str
    version: int
    kind: str
    what: str
    due_at: datetime
    opened_at: datetime
    taken_at: datetime | None
    term_at: datetime | None
    postponed: int
    urgency: int
    owner: str
    dossier_id: int | None
    dossier_ref: str | None
    deceased_on: date | None
    signal_who: str | None
    signal_place: str | None
    question: str | None
    activity: str | None
    carrier: str | None
    may_open: int | None
    ways: str
    addresses: str
    notes: str
    name: tuple[Any, ...]
    refs: dict[str, str | None]


PATHS = (
    "pk", "ref", "version", "kind", "what", "due_at", "opened_at", "taken_at", "term_at", "postponed", "urgency", "owner__worker__name",
    "dossier_id", "dossier__ref", "dossier__resident__deceased_on", "signal__who", "signal__place", "case__question", "activity__text",
    "activity__carrier", "may_open", "ways", "addresses", "notes",
)  # fmt: skip
NAMES = tuple(f"dossier__resident__{name}" for name in Name._fields)


@dataclass
class Other:
    """What else is open for the same resident."""

    what: str
    due_at: datetime
    kind: KindOf
    finish_ref: str


@dataclass
class Row:
    """One resident (or one worry about somebody not known) on my day."""

    band: str
    ref: str
    version: int
    kind: str
    of: KindOf
    finish_ref: str
    who: str
    what: str
    due_at: datetime
    opened_at: datetime
    postponed: int
    urgency: int
    term_at: datetime | None
    look_again_on: date | None
    is_resting: bool
    is_new: bool
    stands_in_for: str
    may_open: bool
    dossier_id: int | None
    dossier_ref: str
    silence: Silence | None
    deceased_on: date | None = None
    safety: list[str] = field(default_factory=list)
    phone: Way | None = None
    mail: str = ""
    addresses: str = "[]"
    others: list[Other] = field(default_factory=list)

    @property
    def route(self) -> str:
        """Return the way there, for a telephone; worked out only where it is shown."""
        home = HeaderOf.home_of([Place(**place) for place in opened(self.addresses)])
        return f"geo:0,0?q={quote(home.line)}" if home and home.line else ""


def rows_of(*, actor: Actor, groups: list[Group]) -> list[Row]:
    """Return the rows of these groups in their order, in one query. What may not be opened says so, without a name."""
    heads, rest = [group.head.pk for group in groups], [line.pk for group in groups for line in group.rest]
    found = {row.pk: row for row in _details_of(actor, heads, rest)} if heads else {}
    on, mine = actor.on, set(actor.membership_ids)
    return [_row(group, found, on, mine) for group in groups if group.head.pk in found]


def _details_of(actor: Actor, heads: list[int], rest: list[int]) -> list[Detail]:
    """Return what rows show of these commitments, and whether their dossier is open to this actor, in one query."""
    kinds, start, end = page_rows(), len(PATHS), len(PATHS) + len(NAMES)
    return [
        Detail._make((*row[:start], row[start:end], dict(zip(kinds, row[end:], strict=True))))
        for row in ask(_details, actor=actor, heads=Numbers(heads), rest=Numbers(rest))
    ]


def _details(*, actor: Actor, heads: list[int], rest: list[int]) -> "QuerySet[Commitment, tuple[Any, ...]]":
    here, on = {"dossier_id": OuterRef("dossier_id")}, actor.on
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    ways = ContactWay.objects.filter(running, **here).order_by("-preferred", "pk")
    places = Address.objects.filter(running, from_on__lte=on, secret=False, **here).order_by("from_on", "pk")
    notes = SafetyNote.objects.filter(ended_at__isnull=True, **here).order_by("made_at", "pk")
    bundles = {"ways": Bundle(ways, only=Way._fields), "addresses": Bundle(places, only=Place._fields), "notes": Bundle(notes, only=("what_to_do",))}
    # how to reach somebody is shown once, at the head
    shown = {name: Case(When(pk__in=heads, then=bundle), default=Value("[]"), output_field=TextField()) for name, bundle in bundles.items()}
    rows = Commitment.objects.filter(pk__in=[*heads, *rest]).annotate(may_open=opened_one(actor), **shown)
    return rows.values_list(*PATHS, *NAMES, *[f"{name}__ref" for name in page_rows()])


def _row(group: Group, found: dict[int, Detail], on: date, mine: set[int]) -> Row:
    line, detail = group.head, found[group.head.pk]
    of = KINDS[detail.kind]
    may_open = line.dossier_id is None or bool(detail.may_open)
    row = Row(
        band=group.band,
        ref=detail.ref,
        version=detail.version,
        kind=detail.kind,
        of=of,
        finish_ref=_page_ref(detail, of),
        who=_who(detail) if may_open else _("A dossier that is closed to you"),
        what=_promise(detail) if may_open else _("You answer for this, but you may not open it. Ask your team lead to hand it over."),
        due_at=detail.due_at,
        opened_at=detail.opened_at,
        postponed=detail.postponed,
        urgency=detail.urgency,
        term_at=detail.term_at,
        look_again_on=line.look_again_on,
        is_resting=line.is_resting(on),
        is_new=detail.taken_at is None,
        stands_in_for="" if line.owner_id in mine else detail.owner,
        may_open=may_open,
        dossier_id=detail.dossier_id,
        dossier_ref=detail.dossier_ref or "" if may_open else "",
        silence=group.silence,
    )
    if may_open and detail.dossier_id:
        _add_person(row, detail)
        row.others = [_other(found[other.pk]) for other in group.rest if other.pk in found]
    return row


def _page_ref(detail: Detail, of: KindOf) -> str:
    return (of.page_of and detail.refs[of.page_of]) or detail.ref


def _promise(detail: Detail) -> str:
    """Return what was promised, in the words of the plan where there are any; only for who may open the dossier.

    A screen in an open office shows more than its owner: an installation may choose the neutral line alone (NABIJ_NEUTRAL_LISTS).
    """
    if settings.NEUTRAL_LISTS:
        return detail.what
    if detail.activity is not None:
        return f"{one_line(detail.activity, WORDS)} · {detail.carrier}"
    return f"{detail.what} · {one_line(detail.question, WORDS)}" if detail.question else detail.what


def _add_person(row: Row, detail: Detail) -> None:
    """Add how to reach this person; a secret address is never a route, and who has died is not called."""
    row.safety = [note["what_to_do"] for note in opened(detail.notes)]
    row.deceased_on = detail.deceased_on
    if detail.deceased_on:
        return
    ways = [Way(**way) for way in opened(detail.ways)]
    row.phone = HeaderOf.phone_of(ways)
    row.mail = next((way.value for way in ways if way.kind == ContactWay.Kind.EMAIL and way.safe), "")
    row.addresses = detail.addresses


def _who(detail: Detail) -> str:
    """Return who it is about: the resident, else what the signal says about who or where, else the thing itself."""
    name = name_of(Name._make(detail.name)) if detail.name[0] is not None else None
    return _words_for(name, detail.kind, detail.refs.get("signal") is not None, detail.signal_who or detail.signal_place or "")


def who_of(*, commitment: Commitment) -> str:
    """Return who a commitment is about, as the rows of my day say it."""
    resident = getattr(commitment.dossier, "resident", None) if commitment.dossier_id else None
    signal = getattr(commitment, "signal", None)
    return _words_for(resident and resident.display_name, commitment.kind, signal is not None, (signal and (signal.who or signal.place)) or "")


def _words_for(name: str | None, kind: str, is_signal: bool, said: str) -> str:
    if name is not None:
        return name or _("Erased")
    if kind == Kind.MELDCODE:
        return _("Only for you")  # who looks over somebody's shoulder reads no name
    return said or (_("Not known yet") if is_signal else _("For the team"))


def _other(detail: Detail) -> Other:
    of = KINDS[detail.kind]
    return Other(_promise(detail), detail.due_at, of, _page_ref(detail, of))

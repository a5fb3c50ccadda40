"""The rows of a page of my day: who, what was promised, since when, how to reach them safely."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.models import Case, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.models import opened_one
from nabij.commitments.models import Commitment, Kind
from nabij.contacts.queries import Silence
from nabij.core.bundles import Bundle, opened
from nabij.core.text import one_line
from nabij.core.worded import Numbers, ask, day
from nabij.desk.kinds import KINDS, KindOf
from nabij.desk.need import Group
from nabij.residents.models import Address, ContactWay, Name, Resident, SafetyNote, address_line, name_of
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
    opened: str | None  # the ref of the dossier, when it is open to who asks
    head: dict[str, list[dict[str, Any]]]  # who it is and how to reach them, of the head of a row only
    own: dict[str, str]  # what the room of this kind keeps


PATHS = (
    "pk", "ref", "version", "kind", "what", "due_at", "opened_at", "taken_at", "term_at", "postponed", "urgency", "owner__worker__name",
    "dossier_id", "opened", "head", "own",
)  # fmt: skip
# what a row says of the thing itself, besides the ref that its page asks for
SAID = {Kind.SIGNAL: ("who", "place"), Kind.CASE: ("question",), Kind.ACTIVITY: ("text", "carrier")}


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
    addresses: list[dict[str, str]] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)

    @property
    def route(self) -> str:
        """Return the way there, for a telephone; worked out only where it is shown."""
        home = HeaderOf.home_of([Place(**place) for place in self.addresses])
        return f"geo:0,0?q={quote(home.line)}" if home and home.line else ""


def rows_of(*, actor: Actor, groups: list[Group], routes: bool) -> list[Row]:
    """Return the rows of these groups in their order, in one query. What may not be opened says so, without a name.

    `routes`: whether the way there is shown too.
    """
    heads, rest = [group.head.pk for group in groups], [line.pk for group in groups for line in group.rest]
    found = {row.pk: row for row in _details_of(actor, heads, rest, routes)} if heads else {}
    on, mine = actor.on, set(actor.membership_ids)
    return [_row(group, found, on, mine) for group in groups if group.head.pk in found]


def _details_of(actor: Actor, heads: list[int], rest: list[int], routes: bool) -> list[Detail]:
    """Return what rows show of these commitments, and whether their dossier is open to this actor, in one query."""
    found = ask(_details, actor=actor, heads=Numbers(heads), rest=Numbers(rest), routes=routes)
    return [Detail._make((*row, opened(head), next(iter(opened(own)), {}))) for *row, head, own in found]


def _details(*, actor: Actor, heads: list[int], rest: list[int], routes: bool) -> "QuerySet[Commitment, tuple[Any, ...]]":
    here, on = {"dossier_id": OuterRef("dossier_id")}, actor.on
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    head = {
        "person": Bundle(Resident.objects.filter(**here), only=(*Name._fields, "deceased_on")),
        "ways": Bundle(ContactWay.objects.filter(running, **here).order_by("-preferred", "pk"), only=Way._fields),
        "notes": Bundle(SafetyNote.objects.filter(ended_at__isnull=True, **here).order_by("made_at", "pk"), only=("what_to_do",)),
    }
    if routes:
        places = Address.objects.filter(running, from_on__lte=on, secret=False, **here).order_by("from_on", "pk")
        head["addresses"] = Bundle(places, only=Place._fields)
    own = _case(*[When(kind=kind, then=_own(kind, of)) for kind, of in KINDS.items() if of.page_of])
    at_head = {"opened": Case(When(pk__in=heads, then=opened_one(actor))), "head": _case(When(pk__in=heads, then=JSONObject(**head)))}
    return Commitment.objects.filter(pk__in=[*heads, *rest]).annotate(own=own, **at_head).values_list(*PATHS)


def _case(*cases: When) -> Case:
    return Case(*cases, default=Value("[]"), output_field=TextField())


def _own(kind: str, of: KindOf) -> Bundle:
    """Return the row that the room of this kind keeps beside its commitment: each commitment looks in one table, and not in all of them."""
    model: Any = Commitment._meta.get_field(of.page_of).related_model
    return Bundle(model._base_manager.filter(commitment_id=OuterRef("pk")), only=("ref", *SAID.get(kind, ())))


def _row(group: Group, found: dict[int, Detail], on: date, mine: set[int]) -> Row:
    line, detail = group.head, found[group.head.pk]
    look_again_on = day(line.look_again_on)
    may_open = line.dossier_id is None or detail.opened is not None
    row = Row(
        band=group.band,
        ref=detail.ref,
        version=detail.version,
        kind=detail.kind,
        of=KINDS[detail.kind],
        finish_ref=_page_ref(detail),
        who=_who(detail) if may_open else _("A dossier that is closed to you"),
        what=_promise(detail) if may_open else _("You answer for this, but you may not open it. Ask your team lead to hand it over."),
        due_at=detail.due_at,
        opened_at=detail.opened_at,
        postponed=detail.postponed,
        urgency=detail.urgency,
        term_at=detail.term_at,
        look_again_on=look_again_on,
        is_resting=look_again_on is not None and look_again_on > on,
        is_new=detail.taken_at is None,
        stands_in_for="" if line.owner_id in mine else detail.owner,
        may_open=may_open,
        dossier_id=detail.dossier_id,
        dossier_ref=detail.opened or "",
        silence=group.silence,
    )
    if may_open and detail.dossier_id:
        _add_person(row, detail)
        row.others = [_other(found[other.pk]) for other in group.rest if other.pk in found]
    return row


def _page_ref(detail: Detail) -> str:
    return detail.own.get("ref", detail.ref)


def _promise(detail: Detail) -> str:
    """Return what was promised, in the words of the plan where there are any; only for who may open the dossier.

    A screen in an open office shows more than its owner: an installation may choose the neutral line alone (NABIJ_NEUTRAL_LISTS).
    """
    if settings.NEUTRAL_LISTS:
        return detail.what
    if "carrier" in detail.own:
        return f"{one_line(detail.own['text'], WORDS)} · {detail.own['carrier']}"
    question = detail.own.get("question")
    return f"{detail.what} · {one_line(question, WORDS)}" if question else detail.what


def _add_person(row: Row, detail: Detail) -> None:
    """Add how to reach this person; a secret address is never a route, and who has died is not called."""
    row.safety = [note["what_to_do"] for note in detail.head["notes"]]
    row.deceased_on = next((day(person["deceased_on"]) for person in detail.head["person"]), None)
    if row.deceased_on:
        return
    ways = [Way(**way) for way in detail.head["ways"]]
    row.phone = HeaderOf.phone_of(ways)
    row.mail = next((way.value for way in ways if way.kind == ContactWay.Kind.EMAIL and way.safe), "")
    row.addresses = detail.head.get("addresses", [])


def _who(detail: Detail) -> str:
    """Return who it is about: the resident, else what the signal says about who or where, else the thing itself."""
    name = next((name_of(Name._make(map(person.get, Name._fields))) for person in detail.head["person"]), None)
    return _words_for(name, detail.kind, "who" in detail.own, detail.own.get("who") or detail.own.get("place") or "")


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
    return Other(_promise(detail), detail.due_at, KINDS[detail.kind], _page_ref(detail))

"""The rows of a page of my day: who, what was promised, since when, how to reach them safely."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.commitments.models import Commitment, Kind
from nabij.contacts.queries import Silence
from nabij.core.bundles import Bundle, unbundle
from nabij.core.text import one_line
from nabij.desk.kinds import KINDS, KindOf, row_ref
from nabij.residents.models import Address, ContactWay, SafetyNote
from nabij.residents.queries import HeaderOf

WORDS = 100

if TYPE_CHECKING:
    from .my_day import Group


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
    phone: ContactWay | None = None
    mail: str = ""
    route: str = ""
    others: list[Other] = field(default_factory=list)


def rows_of(*, actor: Actor, groups: "list[Group]") -> list[Row]:
    """Return the rows of these groups in their order, in one query. What may not be opened says so, without a name."""
    wanted = [line.pk for group in groups for line in (group.head, *group.rest)]
    found = {row.pk: row for row in _with_details(actor, wanted)} if wanted else {}
    return [_row(actor, group, found) for group in groups if group.head.pk in found]


def _with_details(actor: Actor, pks: list[int]) -> "list[Commitment]":
    here = {"dossier_id": OuterRef("dossier_id")}
    running = Q(until_on__isnull=True) | Q(until_on__gte=actor.on)
    return list(
        Commitment.objects.filter(pk__in=pks)
        .select_related("owner__worker", "dossier__resident", "signal", "case", "activity", "handoveritem")
        .annotate(
            ways=Bundle(ContactWay.objects.filter(running, **here).order_by("-preferred", "pk")),
            addresses=Bundle(Address.objects.filter(running, from_on__lte=actor.on, **here).order_by("from_on", "pk")),
            notes=Bundle(SafetyNote.objects.filter(ended_at__isnull=True, **here).order_by("made_at", "pk")),
        )
    )


def _row(actor: Actor, group: "Group", found: dict[int, Commitment]) -> Row:
    line, commitment = group.head, found[group.head.pk]
    of = KINDS[commitment.kind]
    may_open = line.dossier_id is None or line.may_open
    row = Row(
        band=group.band,
        ref=commitment.ref,
        version=commitment.version,
        kind=commitment.kind,
        of=of,
        finish_ref=row_ref(commitment, of),
        who=who_of(commitment=commitment) if may_open else _("A dossier that is closed to you"),
        what=_promise(commitment) if may_open else _("You answer for this, but you may not open it. Ask your team lead to hand it over."),
        due_at=commitment.due_at,
        opened_at=commitment.opened_at,
        postponed=commitment.postponed,
        urgency=commitment.urgency,
        term_at=commitment.term_at,
        look_again_on=line.look_again_on,
        is_resting=line.is_resting(actor.on),
        is_new=commitment.taken_at is None,
        stands_in_for="" if line.owner_id in actor.membership_ids else commitment.owner.worker.name,
        may_open=may_open,
        dossier_id=commitment.dossier_id,
        dossier_ref=commitment.dossier.ref if commitment.dossier_id and may_open else "",
        silence=group.silence,
    )
    if may_open and commitment.dossier_id:
        _add_person(row, commitment)
        row.others = [_other(found[other.pk]) for other in group.rest if other.pk in found]
    return row


def _promise(commitment: Commitment) -> str:
    """Return what was promised, in the words of the plan where there are any; only for who may open the dossier."""
    activity, case = getattr(commitment, "activity", None), getattr(commitment, "case", None)
    if activity is not None:
        return f"{one_line(activity.text, WORDS)} · {activity.carrier}"
    if case is not None and case.question:
        return f"{commitment.what} · {one_line(case.question, WORDS)}"
    return commitment.what


def _add_person(row: Row, commitment: Commitment) -> None:
    """Add how to reach this person; a secret address is never a route, and who has died is not called."""
    head = head_of_row(commitment=commitment)
    row.safety = [note.what_to_do for note in head.safety]
    row.deceased_on = head.deceased_on
    if head.deceased_on:
        return
    row.phone = head.phone
    row.mail = next((way.value for way in head.ways if way.kind == ContactWay.Kind.EMAIL and way.safe), "")
    home = head.home
    row.route = f"geo:0,0?q={quote(home.line)}" if home and home.line else ""


def head_of_row(*, commitment: Commitment) -> HeaderOf:
    """Return the part of a resident's head that a row needs, from what came along with the commitment."""
    resident = getattr(commitment.dossier, "resident", None)
    return HeaderOf(
        ref=commitment.dossier.ref,
        name=who_of(commitment=commitment),
        known=bool(resident and resident.known),
        birth_text="",
        age=None,
        language="",
        interpreter=False,
        cannot_read=False,
        deceased_on=resident.deceased_on if resident else None,
        restricted=commitment.dossier.restricted,
        paid=False,
        safety=unbundle(SafetyNote, commitment.notes),
        addresses=unbundle(Address, commitment.addresses),
        ways=unbundle(ContactWay, commitment.ways),
    )


def who_of(*, commitment: Commitment) -> str:
    """Return who it is about: the resident, else what the signal says about who or where, else the thing itself."""
    resident = getattr(commitment.dossier, "resident", None) if commitment.dossier_id else None
    if resident is not None:
        return resident.display_name or _("Erased")
    if commitment.kind == Kind.MELDCODE:
        return _("Only for you")  # who looks over somebody's shoulder reads no name
    signal = getattr(commitment, "signal", None)
    return (signal and (signal.who or signal.place)) or (_("Not known yet") if signal else _("For the team"))


def _other(commitment: Commitment) -> Other:
    of = KINDS[commitment.kind]
    return Other(_promise(commitment), commitment.due_at, of, row_ref(commitment, of))

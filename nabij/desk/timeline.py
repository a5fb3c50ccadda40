"""What happened around one resident, from every room, newest first: one query, one cursor.

The reporter of a signal is never part of it. A text that is not for this reader stays a moment without words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Case as When_
from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from nabij.access.actor import Actor
from nabij.access.models import Dossier
from nabij.casework.models import Activity, Case
from nabij.commitments.models import Commitment, Kind, Pause
from nabij.contacts.models import ContactText
from nabij.core.fields import Sealed
from nabij.core.worded import ask
from nabij.signals.models import Decision, Signal

PAGE = 20
Rows = QuerySet[Any]
Place = tuple[datetime, str, int]
FIELDS = ("t_kind", "t_pk", "t_at", "t_code", "t_state", "t_text", "t_sealed", "t_ref", "t_link", "t_author", "t_extra", "t_audience")
SHOWS = {
    "contact": ("contact",),
    "signal": ("signal", "decision"),
    "case": ("case_opened", "case_closed", "finished"),
    "pause": ("pause",),
}


@dataclass
class Moment:
    """One thing that happened. `code`: medium, channel, kind of decision; `state`: reached, tried, withdrawn; `link`: ref of its page."""

    kind: str
    pk: int
    at: datetime
    code: str
    state: str
    text: str
    sealed: str
    ref: str
    link: str
    author: str
    extra: str
    audience: str

    def __post_init__(self) -> None:
        if self.sealed:
            text = ContactText(ref=self.ref, audience=ContactText.Audience.PRIVATE, private_text=Sealed(self.sealed))
            self.text, self.sealed = text.words, ""

    @property
    def is_hidden(self) -> bool:
        """Return whether there is a text that is not for this reader."""
        return self.audience == "hidden"

    @property
    def cursor(self) -> str:
        return f"{self.at.isoformat()}_{self.kind}_{self.pk}"


@dataclass(frozen=True)
class Timeline:
    """One page of moments and where the next begins."""

    moments: list[Moment]
    next_cursor: str


def timeline(*, actor: Actor, dossier: Dossier, show: str = "", after: str = "", limit: int = PAGE) -> Timeline:
    """Return what happened around a resident, newest first, from a place on. One query at any length; the dossier was fetched through the guard.

    `show`: only contacts, signals, cases or pauses. What is private stands only in the columns of who may read it.
    """
    place, root_id = _place(after), dossier.root_id or dossier.pk
    if place is None:
        # `show` is one of a few words: each is a question of its own
        rows = ask(FIRST_PAGES.get(show, FIRST_PAGES[""]), actor=actor, root_id=root_id)[: limit + 1]
    else:
        rows = list(_moments(actor, root_id, show, place)[: limit + 1])
    found = [Moment(*row) for row in rows]
    return Timeline(found[:limit], found[limit - 1].cursor if len(found) > limit else "")


def _moments(actor: Actor, root_id: int, show: str, place: Place | None) -> Rows:
    wanted = SHOWS.get(show) or [kind for kinds in SHOWS.values() for kind in kinds]
    arms = [_before(ARMS[kind](actor, root_id), kind, place).values_list(*FIELDS) for kind in wanted]
    rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    return rows.order_by("-t_at", "t_kind", "-t_pk")


def _first_page(show: str) -> Callable[..., Rows]:
    def build(*, actor: Actor, root_id: int) -> Rows:
        return _moments(actor, root_id, show, None)[: PAGE + 1]

    return build


def _place(cursor: str) -> Place | None:
    at, _sep, rest = cursor.partition("_")
    kind, _sep, pk = rest.rpartition("_")
    try:
        return datetime.fromisoformat(at).astimezone(UTC), kind, int(pk)
    except (ValueError, OverflowError):
        return None


def _before(rows: Rows, kind: str, place: Place | None) -> Rows:
    if place is None:
        return rows
    at, at_kind, pk = place
    same = Q(t_at=at) if kind > at_kind else Q(t_at=at, t_pk__lt=pk) if kind == at_kind else Q(pk__in=[])
    return rows.filter(Q(t_at__lt=at) | same)


def _text(value: str = "") -> Value:
    return Value(value, output_field=TextField())


def _arm(rows: Rows, kind: str, at: Any, **columns: Any) -> Rows:
    """Give every source the same columns in the same types, so that they can stand in one union."""
    shown = {name: Cast(columns.get(name, _text()), TextField()) for name in (f[2:] for f in FIELDS) if name not in {"kind", "pk", "at"}}
    facts = {"t_kind": _text(kind), "t_pk": F("pk"), "t_at": Coalesce(at, at, output_field=DateTimeField())}
    return rows.annotate(**facts, **{f"t_{name}": value for name, value in shown.items()}).order_by()


def _contacts(actor: Actor, root_id: int) -> Rows:
    mine = Exists(ContactText.objects.visible_to(actor).filter(pk=OuterRef("pk")))
    state = When_(
        When(contact__withdrawn_at__isnull=False, then=_text("withdrawn")), When(contact__reached=True, then=_text("reached")), default=_text("tried")
    )
    # what is not for this reader never leaves the database
    text = When_(When(mine, then=F("text")), default=_text(), output_field=TextField())
    sealed = When_(When(mine, then=Cast("private_text", TextField())), default=_text())
    audience = When_(When(mine, then=F("audience")), default=_text("hidden"), output_field=CharField())
    return _arm(
        ContactText.objects.filter(dossier__root_id=root_id), "contact", F("happened_at"), code=F("contact__medium"), state=state, text=text,
        sealed=sealed, ref=F("ref"), link=F("contact__ref"), author=F("contact__by__worker__name"), extra=F("contact__with_whom"), audience=audience,
    )  # fmt: skip


def _signals(actor: Actor, root_id: int) -> Rows:
    rows = Signal.objects.filter(commitment__dossier__root_id=root_id)
    return _arm(rows, "signal", F("received_at"), code=F("channel"), text=F("words"), link=F("ref"))


def _decisions(actor: Actor, root_id: int) -> Rows:
    rows = Decision.objects.filter(state=Decision.State.STANDS, signal__commitment__dossier__root_id=root_id)
    return _arm(rows, "decision", F("at"), code=F("kind"), text=F("reason"), link=F("signal__ref"), author=F("by__name"))


def _of_cases(root_id: int) -> Any:
    """Return the commitments of the cases this resident is part of."""
    return Case.objects.filter(case_dossiers__dossier__root_id=root_id).values("pk")


def _own(root_id: int) -> Any:
    """Return the commitments that hang on this resident."""
    return Commitment.objects.filter(dossier__root_id=root_id).values("pk")


def _cases_opened(actor: Actor, root_id: int) -> Rows:
    rows = Case.objects.filter(pk__in=_of_cases(root_id))
    return _arm(rows, "case_opened", F("commitment__opened_at"), text=F("question"), link=F("ref"), author=F("commitment__owner__worker__name"))


def _cases_closed(actor: Actor, root_id: int) -> Rows:
    rows = Case.objects.filter(pk__in=_of_cases(root_id), commitment__closed_at__isnull=False)
    facts = {"code": F("commitment__outcome"), "text": F("closing_reason"), "extra": F("resident_word"), "link": F("ref")}
    return _arm(rows, "case_closed", F("commitment__closed_at"), author=F("commitment__turned_by__worker__name"), **facts)


def _finished(actor: Actor, root_id: int) -> Rows:
    # each by its own index: in one condition with OR, the whole table would be read
    theirs = Activity.objects.filter(case_id__in=_of_cases(root_id)).values("pk")
    rows = Commitment.objects.filter(pk__in=_own(root_id).union(theirs), kind__in=[Kind.TASK, Kind.ACTIVITY], closed_at__isnull=False)
    return _arm(rows, "finished", F("closed_at"), code=F("outcome"), state=F("kind"), text=F("what"), author=F("turned_by__worker__name"))


def _pauses(actor: Actor, root_id: int) -> Rows:
    rows = Pause.objects.filter(commitment_id__in=_own(root_id).union(_of_cases(root_id)))
    facts = {"code": Cast("look_again_on", CharField()), "state": F("agreed_with"), "text": F("reason"), "extra": F("sooner_if")}
    return _arm(rows, "pause", F("from_at"), author=F("by__worker__name"), **facts)


ARMS: dict[str, Callable[[Actor, int], Rows]] = {
    "contact": _contacts,
    "signal": _signals,
    "decision": _decisions,
    "case_opened": _cases_opened,
    "case_closed": _cases_closed,
    "finished": _finished,
    "pause": _pauses,
}
FIRST_PAGES = {show: _first_page(show) for show in ("", *SHOWS)}

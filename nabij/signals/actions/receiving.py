"""A worry comes in."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import PUBLIC, Scope, action
from nabij.access.models import Dossier, Membership, Municipality, Neighbourhood, Role, Team
from nabij.access.queries import neighbourhood_at
from nabij.audit.models import Event
from nabij.commitments.actions import open_commitment
from nabij.commitments.models import Commitment, Kind
from nabij.core.errors import Refused
from nabij.core.text import one_line
from nabij.core.worded import records
from nabij.papers.actions import keep_paper
from nabij.signals.models import Reporter, Signal, SignalPaper
from nabij.signals.receipts import mark_of, number_for
from nabij.signals.terms import done_shown_on, investigated_by, look_by, raised_urgency

from .placing import place_signal
from .telling import confirm_report

CAPTURES = dict.fromkeys(
    (Role.WORKER, Role.LEAD, Role.COUNTER, Role.GGD, Role.YOUTH_WORKER, Role.VOLUNTEER), Scope.MUNICIPALITY
)


class Receipt(NamedTuple):
    """What the reporter gets: the number is said once and kept nowhere."""

    signal: Signal
    number: str
    reporter: Reporter | None = None

    @property
    def recorded(self) -> Signal:
        """Return the row that the audit entry names."""
        return self.signal

    @property
    def commitment(self) -> Commitment:
        return self.signal.commitment


@action("signals.receive", allow={PUBLIC: "own", **CAPTURES}, on="dossier", event=Event.CREATE)
def receive_signal(
    *,
    actor: Actor,
    at: datetime,
    channel: str,
    about: str,
    words: str,
    who: str = "",
    place: str = "",
    postcode: str = "",
    neighbourhood: Neighbourhood | None = None,
    municipality: Municipality | None = None,
    team: Team | None = None,
    unsafe: bool = False,
    about_child: bool = False,
    asks_support: bool | None = None,
    urgency: int | None = None,
    dossier: Dossier | None = None,
    reporter: Mapping[str, Any] | None = None,
    recorded_by: Membership | None = None,
    received_at: datetime | None = None,
    suspicion: str = "",
    source_key: str | None = None,
    term_at: datetime | None = None,
    papers: Iterable[tuple[str, str, bytes]] = (),
) -> Receipt:
    """Take a signal in: a team, an owner and a date from the first second; the receipt number is returned once.

    `team`: who gets it when no place is known (else the front door). Asking for support starts the Wmo term (art. 2.3.2) at
    `received_at` (a mail may lie a weekend; default `at`). `suspicion`: why a program may have sent it; it is kept like any other.
    `term_at`: a legal term that the channel brings. The same `source_key` again gives the signal that is there. Raises Refused: no words, neither who nor where, or a wrong address.
    """
    before = records(_received, source_key=source_key) if source_key else []
    if before:
        return Receipt(before[0], "")
    if not words.strip():
        raise Refused(_("Write down what is going on, in one sentence if you like."), field="words")
    neighbourhood = neighbourhood or neighbourhood_at(postcode=postcode)
    place = place.strip() or (neighbourhood.name if neighbourhood and not who.strip() else "")
    if not (who.strip() or place or about == Signal.About.SELF):
        raise Refused(_("Say who it is about, or where it is. A description is enough."), field="who")
    kept = _checked_reporter(reporter)
    came = received_at or at
    day = localdate(came)
    team, owner = place_signal(
        actor=actor, on=actor.on, municipality=municipality, neighbourhood=neighbourhood, team=team, dossier=dossier
    )
    urgency, agreed = raised_urgency(urgency, unsafe=unsafe, about_child=about_child), agreements_of(municipality=team.municipality)
    commitment = open_commitment(
        actor=actor, at=at, kind=Kind.SIGNAL, what=_board_line(channel, about, who, place, neighbourhood), team=team, owner=owner,
        due_at=look_by(urgency=urgency, at=at, on=actor.on, agreed=agreed), dossier=dossier, urgency=urgency,
        term_at=investigated_by(on=day, agreed=agreed) if asks_support else term_at,
    )  # fmt: skip
    number = number_for(request_id=actor.request_id, origin=actor.origin)
    signal = Signal.objects.create(
        commitment=commitment, channel=channel, about=about, who=one_line(who, 200), place=one_line(place, 200),
        neighbourhood=neighbourhood, words=words.strip(), received_at=came, unsafe=unsafe, about_child=about_child,
        recorded_by_id=recorded_by.pk if recorded_by else actor.acting_in(team.pk), asks_support=asks_support,
        receipt_mark=mark_of(number), done_shown_on=done_shown_on(on=day, agreed=agreed), source_key=source_key, suspicion=suspicion,
    )  # fmt: skip
    reported = Reporter.objects.create(signal=signal, **kept) if kept is not None else None
    if asks_support:
        confirm_report(actor=actor, at=at, signal=signal)
    for name, content_type, content in papers:
        paper = keep_paper(actor=actor, at=at, name=name, content_type=content_type, content=content, team=team, dossier=dossier)
        SignalPaper.objects.create(signal=signal, paper=paper)
    return Receipt(signal, number, reported)


def _received(*, source_key: str) -> "QuerySet[Signal]":
    return Signal.objects.filter(source_key=source_key).select_related("commitment__team")


def _board_line(channel: str, about: str, who: str, place: str, neighbourhood: Neighbourhood | None) -> str:
    """Return the line on the board, in the house's language: no health detail, no reporter."""
    where = place or (neighbourhood.name if neighbourhood else "")
    with translation.override(settings.LANGUAGE_CODE):
        if channel == Signal.Channel.EMAIL:
            return _("A message by e-mail")
        if channel == Signal.Channel.DEBT:
            return _("Arrears: %(who)s") % {"who": one_line(who, 60)}
        if about == Signal.About.SELF:
            return _("Somebody asks for help: %(where)s") % {"where": where} if where else _("Somebody asks for help")
        if about == Signal.About.PLACE or not who:
            return _("Worry: %(where)s") % {"where": one_line(where or who, 80)}
        return _("Worry about %(who)s") % {"who": one_line(who, 60)}


def _checked_reporter(reporter: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return the columns of the reporter; who wishes to stay anonymous leaves nothing behind."""
    if reporter is None:
        return None
    given = {k: v.strip() if isinstance(v, str) else v for k, v in reporter.items()}
    openness = given.get("openness") or Reporter.Openness.KNOWN
    if openness == Reporter.Openness.ANONYMOUS:
        if given.get("call_back"):
            raise Refused(_("We cannot call you back when you do not tell who you are. Leave this empty, or make another choice above."), field="call_back")
        return {"openness": openness, "relation": given.get("relation", "")}
    if given.get("email"):
        try:
            validate_email(given["email"])
        except ValidationError:
            raise Refused(_("This is not an e-mail address. Write it like name@example.nl."), field="email") from None
    if given.get("call_back") and not given.get("phone"):
        raise Refused(_("Write down the number on which we can call back."), field="phone")
    given |= {"openness": openness, "can_mail": bool(given.get("email")), "can_call": bool(given.get("phone"))}
    return given

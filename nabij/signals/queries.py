"""Reads of signals: the queue, one signal with its story, what a number says, where a worry can be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, When
from django.utils.timezone import localdate

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Membership, Municipality, Neighbourhood, Role, Team
from nabij.access.queries import fetch
from nabij.commitments.models import Commitment, Pause, Urgency
from nabij.core.errors import Absent
from nabij.core.models import DoneRequest
from nabij.core.worded import Numbers, records
from nabij.linkage import MAYBE, Person
from nabij.papers.models import Paper
from nabij.residents.linkage import read_words
from nabij.residents.queries import Candidate, answer_for
from nabij.signals.models import Decision, Reporter, Signal
from nabij.signals.receipts import mark_of
from nabij.signals.terms import DUPLICATE_WITHIN, ERASED, FORMS_PER_HOUR, UNLINKED_KEPT, looking_shown_on

WAITING = Prefetch("decisions", queryset=Decision.objects.filter(state=Decision.State.WAITING).select_related("by"), to_attr="waiting")


def triage_queue(*, actor: Actor, after: Signal | None = None, limit: int = 50) -> list[Signal]:
    """List the open signals of the actor's teams, safety first, then the oldest date; what rests until a later day is left out.

    Each row has `commitment` (owner, team), `neighbourhood`, `reporter` (openness, can_mail, can_call) and `waiting` (decisions that
    wait for a second person). `after`: the last one shown. Two queries, whatever the number. Give `limit` one more to see if there is more.
    """
    resting = Pause.objects.filter(ended_at__isnull=True, look_again_on__gt=actor.on).values("commitment_id")
    mine = Q(commitment__team_id__in=actor.dossier_team_ids) | Q(commitment__owner_id__in=actor.membership_ids)
    rows = Signal.objects.visible_to(actor).filter(mine, commitment__closed_at__isnull=True).exclude(commitment_id__in=resting)
    rows = rows.annotate(calm=Case(When(commitment__urgency=Urgency.ACUTE, then=0), default=1))
    if after is not None:
        calm, due = int(after.commitment.urgency != Urgency.ACUTE), after.commitment.due_at
        later = Q(commitment__due_at__gt=due) | Q(commitment__due_at=due, pk__gt=after.pk)
        rows = rows.filter(Q(calm__gt=calm) | Q(later, calm=calm))
    rows = rows.select_related("commitment__owner__worker", "commitment__team", "neighbourhood", "reporter")
    return list(rows.prefetch_related(WAITING).order_by("calm", "commitment__due_at", "pk")[:limit])


def signal_of(*, actor: Actor, ref: str) -> Signal:
    """Return one signal with all that its page names. Raises Absent: not there and not for you are one answer."""
    about = ("commitment__owner__worker", "commitment__owner__team", "commitment__team__controller", "commitment__dossier__team", "commitment__municipality__region")
    more = ("neighbourhood", "reporter", "recorded_by__worker", "recorded_by__team")
    return fetch(Signal.objects.select_related(*about, *more), actor=actor, ref=ref)


def decisions_of(*, signal: Signal) -> list[Decision]:
    """Return what was decided about a signal, oldest first."""
    return list(signal.decisions.select_related("by", "second", "duplicate_of").order_by("at", "pk"))


def waiting_decision(*, signal: Signal) -> Decision | None:
    """Return the decision of a signal that waits for a second person, or None."""
    found = Decision.objects.filter(signal=signal, state=Decision.State.WAITING).select_related("by", "duplicate_of").first()
    if found is not None:
        found.signal = signal
    return found


def papers_of(*, signal: Signal) -> list[Paper]:
    """Return the files that came with a signal and were not erased."""
    rows = signal.signal_papers.filter(paper__erased_at__isnull=True).select_related("paper").order_by("pk")
    return [row.paper for row in rows]


def paper_of(*, actor: Actor, ref: str, paper: str) -> Paper:
    """Return one file of a signal. Raises Absent."""
    found = [one for one in papers_of(signal=signal_of(actor=actor, ref=ref)) if one.ref == paper]
    if not found:
        raise Absent
    return found[0]


def may_see_reporter(*, actor: Actor) -> bool:
    """Tell whether this actor may read who reported: paid people of the team, and wijk-GGD'ers for their own signals; no volunteer."""
    return actor.is_system or bool(actor.functions & {Role.WORKER, Role.LEAD, Role.GGD})


def likely_duplicates(*, actor: Actor, signal: Signal, limit: int = 20) -> list[Signal]:
    """Return earlier signals that this one may repeat: the same team or neighbourhood, the last two months, the nearest first."""
    since = signal.received_at - timedelta(days=DUPLICATE_WITHIN)
    near = Q(commitment__team_id=signal.commitment.team_id) | Q(neighbourhood__isnull=False, neighbourhood_id=signal.neighbourhood_id)
    rows = Signal.objects.visible_to(actor).filter(near, received_at__gte=since).exclude(pk=signal.pk).exclude(words=ERASED)
    repeats = Decision.objects.filter(kind=Decision.Kind.DUPLICATE, state=Decision.State.STANDS).values("signal_id")
    return list(rows.exclude(pk__in=repeats).select_related("commitment", "neighbourhood").order_by("-received_at")[:limit])


def likely_people(*, actor: Actor, signal: Signal, limit: int = 3) -> list[Candidate]:
    """Return who a signal could be about, the likeliest first: only whom this actor may open. A person decides; nothing is learnt from it.

    By the words that were said; of somebody who asks for themselves also by their own number and e-mail address.
    """
    if signal.commitment.dossier_id or signal.about == Signal.About.PLACE or not signal.commitment.is_open:
        return []
    themselves = getattr(signal, "reporter", None) if signal.about == Signal.About.SELF and may_see_reporter(actor=actor) else None
    said = [signal.who or (themselves.name if themselves else ""), signal.place]
    people = read_words(", ".join(filter(None, said)))
    if themselves and (themselves.phone or themselves.email):
        numbers = {"phones": tuple(filter(None, [themselves.phone])), "emails": tuple(filter(None, [themselves.email]))}
        people = [replace(one, **numbers) for one in people or [Person()]]
    if not people:
        return []
    return [one for one in answer_for(actor=actor, people=people, limit=limit).candidates if one.probability >= MAYBE]


def duplicates_of(*, signal: Signal) -> list[Decision]:
    """Return the decisions that call another signal a repetition of this one."""
    rows = Decision.objects.filter(duplicate_of=signal, state=Decision.State.STANDS).select_related("signal")
    return list(rows.order_by("at"))


def signals_about(*, actor: Actor, dossier_id: int) -> list[Signal]:
    """Return the signals linked to a resident, newest first, for the timeline; the page has opened the dossier. No reporter with it."""
    rows = Signal.objects.visible_to(actor).filter(commitment__dossier__root__merged=dossier_id)
    return list(rows.select_related("commitment", "recorded_by__worker").order_by("-received_at"))


def captures_of(*, actor: Actor, limit: int = 30) -> list[tuple[datetime, Team]]:
    """Return when this actor wrote signals down and which team took each up: nothing of what was in them."""
    rows = Commitment.objects.filter(signal__recorded_by_id__in=actor.membership_ids).select_related("team")
    return [(row.opened_at, row.team) for row in rows.order_by("-opened_at", "-pk")[:limit]]


def status_of(*, number: str, on: date) -> str:
    """Return what a receipt number says on a day: "received", "looking" or "done", by dates alone; "" for an unknown number.

    The same for a known, unknown, double or protected person, and whatever was decided.
    """
    return _status(Signal.objects.filter(receipt_mark=mark_of(number)), on)


def status_at(*, ref: str, on: date) -> str:
    """Return the same three texts for the signal with this ref; the caller knows that the asker sent it."""
    return _status(Signal.objects.filter(ref=ref), on)


def _status(rows: "QuerySet[Signal]", on: date) -> str:
    dates = rows.values_list("received_at", "done_shown_on").first()
    if dates is None:
        return ""
    received_at, done = dates
    if on >= done:
        return "done"
    return "looking" if on >= looking_shown_on(on=localdate(received_at)) else "received"


def open_municipalities() -> list[Municipality]:
    """Return the municipalities in which somebody reads the public form, by name."""
    return records(_open_municipalities)


def _open_municipalities() -> "QuerySet[Municipality]":
    return Municipality.objects.filter(front_door__isnull=False).select_related("front_door").order_by("name")


def neighbourhoods_in(*, municipality_ids: Iterable[int]) -> dict[int, list[Neighbourhood]]:
    """Return the quarters and villages per municipality, by name; small areas are left out, nobody knows them."""
    found: dict[int, list[Neighbourhood]] = defaultdict(list)
    for row in records(_neighbourhoods, municipality_ids=Numbers(municipality_ids)):
        found[row.municipality_id].append(row)
    return dict(found)


def _neighbourhoods(*, municipality_ids: list[int]) -> "QuerySet[Neighbourhood]":
    rows = Neighbourhood.objects.filter(municipality_id__in=municipality_ids).exclude(kind=Neighbourhood.Kind.BUURT)
    return rows.order_by("name")


def sends_many(*, origin: str, at: datetime) -> bool:
    """Tell whether one address sent more worries in the last hour than people do."""
    sent = DoneRequest.objects.filter(verb="signals.receive", who=f"public:{origin}", at__gte=at - timedelta(hours=1))
    return sent.count() >= FORMS_PER_HOUR


def dossier_with_ref(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier this actor may open. Raises Absent."""
    return fetch(Dossier.objects.select_related("team"), actor=actor, ref=ref)


def home_team(*, actor: Actor) -> Team | None:
    """Return the neighbourhood team in which this actor works, for what they write down without a place."""
    found = records(_home, memberships=Numbers(actor.membership_ids))
    return found[0].team if found else None


def _home(*, memberships: list[int]) -> "QuerySet[Membership]":
    rows = Membership.objects.filter(pk__in=memberships, team__kind=Team.Kind.NEIGHBOURHOOD).select_related("team")
    return rows.order_by("pk")[:1]


def team_named(*, name: str) -> Team:
    """Return a team by its name or ref; without a name the front door of the only municipality. Raises Absent."""
    if name:
        found = list(Team.objects.filter(Q(name__iexact=name) | Q(ref=name), ended_at__isnull=True)[:2])
    else:
        found = [house.front_door for house in open_municipalities()]
    if len(found) != 1:
        raise Absent
    return found[0]


def colleague_with(*, email: str, municipality_id: int, on: date) -> Membership | None:
    """Return the running membership of the colleague with this address in a municipality, or None."""
    if not email:
        return None
    rows = Membership.objects.on(on).filter(worker__email__iexact=email, worker__blocked_at__isnull=True, team__municipality_id=municipality_id)
    return rows.order_by("pk").first()


def unlinked_to_erase(*, at: datetime) -> "QuerySet[Signal]":
    """Return signals without a resident that were closed longer ago than they may be kept."""
    rows = Signal.objects.filter(commitment__dossier__isnull=True, commitment__closed_at__lt=at - UNLINKED_KEPT)
    return rows.exclude(words=ERASED).select_related("commitment").order_by("pk")


def export_signals(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the signals about a resident for their own reading. Who reported is in it only with the reporter's yes."""
    rows = Signal.objects.filter(commitment__dossier=dossier).select_related("reporter").prefetch_related("decisions")
    return [_exported(signal) for signal in rows.order_by("received_at")]


def _exported(signal: Signal) -> dict[str, Any]:
    reporter = getattr(signal, "reporter", None)
    is_open = reporter is not None and reporter.openness == Reporter.Openness.OPEN
    return {
        "received_at": signal.received_at,
        "channel": signal.get_channel_display(),
        "who": signal.who,
        "place": signal.place,
        "words": signal.words,
        "reporter": reporter.name if is_open else "",
        "decisions": [
            {"at": one.at, "kind": one.get_kind_display(), "state": one.get_state_display(), "reason": one.reason, "until": one.until_on}
            for one in signal.decisions.all()
        ],
    }

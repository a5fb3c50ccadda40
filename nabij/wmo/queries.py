"""Reads of the track: one through the guard, its page, its letter, what a resident may have."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Dossier, Membership, Municipality
from nabij.access.queries import dossier_at, fetch
from nabij.casework.models import Case, CaseDossier
from nabij.casework.queries import case_of
from nabij.core.errors import Absent
from nabij.core.few import Few
from nabij.residents.queries import names_of
from nabij.signals.models import Signal

from .models import Keeping, Topic, Track


@dataclass(frozen=True)
class Step:
    """One step of the track as the page shows it. `by`: its last day, of which `source` says why; `done_on`: None is still to do."""

    key: str
    done_on: date | None
    by: date | None
    source: str
    words: str = ""


def _rows() -> "QuerySet[Track]":
    return Track.objects.select_related(
        "commitment__owner__worker", "commitment__team__controller", "commitment__dossier", "commitment__municipality", "signal", "case", "support_by__worker"
    ).prefetch_related("moves__by__worker", "topics__by__worker")


def track_of(*, actor: Actor, ref: str) -> Track:
    """Return one track with its topics and what moved its terms, by its own ref or that of its commitment. Raises Absent."""
    own = Track.objects.filter(commitment__ref=ref).values_list("ref", flat=True).first()
    return fetch(_rows(), actor=actor, ref=own or ref)


def topic_rows(*, track: Track) -> list[tuple[Any, Topic | None]]:
    """Return every topic of the inquiry in the order of the law, with what was written about it."""
    found = {topic.about: topic for topic in track.topics.all()}
    return [(about, found.get(about)) for about in Topic.About]


def tracks_of(*, actor: Actor, dossier: Dossier) -> list[Track]:
    """Return the tracks of a resident, the newest first."""
    rows = _rows().visible_to(actor).filter(commitment__dossier__root_id=dossier.root_id)  # type: ignore[attr-defined]
    return list(rows.order_by("-received_on", "-pk"))


def signal_for(*, actor: Actor, ref: str) -> Signal:
    """Return the signal a track begins with. Raises Absent."""
    rows = Signal.objects.select_related("commitment__dossier__team", "commitment__owner__worker", "commitment__team", "commitment__municipality")
    return fetch(rows, actor=actor, ref=ref)


def case_for(*, actor: Actor, ref: str) -> tuple[Case, list[Dossier]]:
    """Return the case a track begins with, and whom of it this actor may open. Raises Absent."""
    case = case_of(actor=actor, ref=ref)
    links = CaseDossier.objects.filter(case=case, until_on__isnull=True).values("dossier_id")
    return case, list(Dossier.objects.visible_to(actor).filter(Few(F("pk"), links)).select_related("team__municipality").order_by("pk"))


def running_track(*, signal: Signal | None = None, dossier: Dossier | None = None) -> Track | None:
    """Return the track that a signal already has, else the open one of a resident, or None."""
    if signal is not None:
        return Track.objects.filter(signal=signal).first()
    return Track.objects.filter(commitment__dossier__root_id=dossier.root_id if dossier else None, commitment__closed_at__isnull=True).first()


def keeping_of(*, municipality_id: int) -> Keeping:
    """Return where a municipality keeps its tracks; here, until it says otherwise (then the answer is not stored yet)."""
    return Keeping.objects.filter(municipality_id=municipality_id).first() or Keeping(municipality_id=municipality_id)


def kept_municipalities(*, actor: Actor) -> list[tuple[Municipality, Keeping]]:
    """Return the municipalities that this actor keeps in order, with where their tracks are kept."""
    rows = Municipality.objects.filter(pk__in=actor.managed_ids).order_by("name")
    return [(row, keeping_of(municipality_id=row.pk)) for row in rows]


def own_seat(*, actor: Actor, dossier: Dossier) -> Membership:
    """Return the membership with which this actor would answer for a track: in the dossier's team, else the first. Raises Absent."""
    found = Membership.objects.select_related("worker", "team").filter(pk=actor.acting_in(dossier.team_id)).first()
    if found is None:
        raise Absent
    return found


def name_of(*, dossier: Dossier) -> str:
    """Return how colleagues call this resident."""
    return names_of(dossier_ids=[dossier.pk]).get(dossier.pk, "")


def dossier_of(*, actor: Actor, ref: str) -> Dossier:
    """Return a dossier that this actor may open. Raises Absent."""
    return dossier_at(actor=actor, ref=ref)


def export_tracks(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the tracks of this resident with topics, moved terms and result, oldest first (GDPR art. 15)."""
    rows = _rows().filter(commitment__dossier__root_id=dossier.root_id).order_by("received_on", "pk")
    return [
        {
            "received_on": track.received_on,
            "kept_in": track.system,
            "reference": track.reference,
            "confirmed_on": track.confirmed_on,
            "client_support_told_on": track.support_on,
            "own_plan_received": track.plan_received,
            "topics": [{"about": t.about, "state": t.state, "words": t.words} for t in track.topics.all()],
            "moved": [{"kind": m.kind, "ground": m.ground, "words": m.words, "from": m.from_on, "until": m.until_on, "told_on": m.told_on} for m in track.moves.all()],
            "result_on": track.result_on,
            "result": track.result_words,
            "requested_on": track.requested_on,
            "decided_on": track.decided_on,
            "answer": track.answer,
        }
        for track in rows
    ]

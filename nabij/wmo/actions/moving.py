"""Suspend and extend a term: each an act with its ground, its days, by whom, and told to the resident."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.core.errors import Refused
from nabij.wmo.checks import passed
from nabij.wmo.models import Move, Track

from .starting import WORKS
from .steps import move_term, open_track

LONGEST = 366  # days; more is a slip of the keyboard


@action("wmo.suspend", allow=WORKS, on="track")
def suspend_term(
    *, actor: Actor, at: datetime, track: Track, ground: str, from_on: date, until_on: date, told_on: date, told_how: str, words: str = ""
) -> Move:
    """Let the running term stand still from a day until a day, for a ground that the resident was told (Awb art. 4:15).

    `until_on` is the day on which the term runs on. Days in two suspensions count once. Raises Refused: days in the wrong order, before the
    report or after the term ended, not told, no words with another ground, or a track that is finished or kept elsewhere.
    """
    open_track(actor=actor, at=at, track=track)
    _check_told(at, track, ground, words, told_on, told_how)
    if until_on <= from_on:
        raise Refused(_("The last day comes after the first. From when does the term run on?"), field="until_on")
    if from_on < (track.requested_on or track.received_on) or from_on > track.runs_until:
        raise Refused(_("The term does not run on this day. It runs until %(day)s.") % {"day": f"{track.runs_until:%d-%m-%Y}"}, field="from_on")
    if (until_on - from_on).days > LONGEST:
        raise Refused(_("This is longer than a year. Look at the year again."), field="until_on")
    return _write(actor, at, track, kind="suspend", ground=ground, from_on=from_on, until_on=until_on, told_on=told_on, told_how=told_how, words=words)


@action("wmo.extend", allow=WORKS, on="track")
def extend_term(*, actor: Actor, at: datetime, track: Track, ground: str, until_on: date, told_on: date, told_how: str, words: str = "") -> Move:
    """Give the running term a later end that the resident was told, before it has passed; once in each phase (Awb art. 4:14).

    Raises Refused: not later than the present end, the end has passed, extended before, not told, or a track that is finished or kept elsewhere.
    """
    open_track(actor=actor, at=at, track=track)
    _check_told(at, track, ground, words, told_on, told_how)
    end = track.runs_until
    if timezone.localdate(at) > end:
        raise Refused(_("The term ended on %(day)s. It can no longer be extended: finish it and tell the resident why it is late.") % {"day": f"{end:%d-%m-%Y}"})
    if Move.objects.filter(Q(kind="extend"), track=track, phase=track.phase).exists():
        raise Refused(_("This term was extended once already. That can be done once."))
    if until_on <= end:
        raise Refused(_("Choose a day after %(day)s, when the term ends now.") % {"day": f"{end:%d-%m-%Y}"}, field="until_on")
    if (until_on - end).days > LONGEST:
        raise Refused(_("This is longer than a year. Look at the year again."), field="until_on")
    return _write(actor, at, track, kind="extend", ground=ground, from_on=end, until_on=until_on, told_on=told_on, told_how=told_how, words=words)


def _check_told(at: datetime, track: Track, ground: str, words: str, told_on: date, told_how: str) -> None:
    if ground not in Move.Ground.values:
        raise Refused(_("Choose why the term moves."), field="ground")
    if ground == Move.Ground.OTHER and not words.strip():
        raise Refused(_("Write why, in a few words."), field="words")
    if track.result_on and not track.requested_on:
        raise Refused(_("The result has been given: no term runs now."))
    passed(told_on, at, field="told_on", since=track.received_on)
    if not told_how.strip():
        raise Refused(_("Say how the resident heard it. Without telling, a term does not move."), field="told_how")


def _write(actor: Actor, at: datetime, track: Track, **facts: object) -> Move:
    facts |= {"words": str(facts["words"]).strip(), "told_how": str(facts["told_how"]).strip()}
    move = Move.objects.create(track=track, phase=track.phase, at=at, by_id=actor.acting_in(track.commitment.team_id), **facts)
    move_term(actor=actor, at=at, track=track)
    return move

"""What a visitor must know before going."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier
from nabij.core.errors import Absent, Refused
from nabij.residents.models import SafetyNote

from .steps import PAID

# A fact about a threat is looked at again within a year: no label for life (domain, safety).
LONGEST = timedelta(days=366)


@action("residents.safety", allow=PAID, on="dossier")
def add_safety_note(
    *, actor: Actor, at: datetime, dossier: Dossier, fact: str, what_to_do: str, review_on: date
) -> SafetyNote:
    """Write down what happened and what a visitor does. Author and day to look again belong to it.

    Raises Refused: no fact, nothing to do, or a day that is not within a year from now.
    """
    _check_day(review_on, on=actor.on)
    if not fact.strip():
        raise Refused(_("Write down what happened: a fact, not an opinion."), field="fact")
    if not what_to_do.strip():
        raise Refused(_("Write down what a visitor must do, for example: go with two."), field="what_to_do")
    seat = next((s for s in actor.memberships if s.team_id == dossier.team_id), None) or next(
        iter(actor.memberships), None
    )
    if seat is None:  # a note without an author would be a rumour
        raise Absent
    return SafetyNote.objects.create(
        dossier=dossier,
        fact=fact.strip(),
        what_to_do=what_to_do.strip(),
        author_id=seat.membership_id,
        made_at=at,
        review_on=review_on,
    )


@action("residents.review_safety", allow=PAID, on="note")
def review_safety_note(*, actor: Actor, at: datetime, note: SafetyNote, review_on: date) -> SafetyNote:
    """Keep a note as it is and choose the next day to look again. Raises Refused: ended, or a day not within a year."""
    _still_running(note)
    _check_day(review_on, on=actor.on)
    note.review_on = review_on
    raise_version(note)
    note.save(update_fields=["review_on", "version"])
    return note


@action("residents.end_safety", allow=PAID, on="note")
def end_safety_note(*, actor: Actor, at: datetime, note: SafetyNote) -> SafetyNote:
    """End a note: it stands before no visit any more. Raises Refused when it ended already."""
    _still_running(note)
    note.ended_at = at
    raise_version(note)
    note.save(update_fields=["ended_at", "version"])
    return note


def _still_running(note: SafetyNote) -> None:
    if note.ended_at:
        raise Refused(_("This note has ended already. Write a new one if it is needed again."))


def _check_day(review_on: date, *, on: date) -> None:
    if not on < review_on <= on + LONGEST:
        raise Refused(_("Choose a day after today and within a year on which you look at it again."), field="review_on")

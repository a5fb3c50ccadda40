"""Deliberately nothing, until a date."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, step
from nabij.commitments.clock import start_of
from nabij.commitments.models import Commitment, Kind, Pause
from nabij.core.errors import Refused

from .moving import PAID
from .steps import set_due


@action("commitments.pause", allow=PAID, on="commitment")
def pause_commitment(
    *, actor: Actor, at: datetime, commitment: Commitment, reason: str, agreed_with: str, look_again_on: date, sooner_if: str
) -> Pause:
    """Decide to do nothing until a date: why, agreed with whom, when we look again, what would make us come sooner.

    Raises Refused: a signal (that is a decision, with the reporter's feedback and perhaps a second word), and as `begin_pause`.
    """
    if commitment.kind == Kind.SIGNAL:
        raise Refused(_("Nothing for now about a signal is a decision. Open the signal and decide there: then the reporter hears it too."))
    return begin_pause(
        actor=actor, at=at, commitment=commitment, reason=reason, agreed_with=agreed_with, look_again_on=look_again_on, sooner_if=sooner_if
    )


@step
def begin_pause(
    *, actor: Actor, at: datetime, commitment: Commitment, reason: str, agreed_with: str, look_again_on: date, sooner_if: str
) -> Pause:
    """Let it rest until a date. It keeps its owner; the look-again date becomes the next date.

    Raises Refused: closed, already paused, a date that has passed, or one after a term of law that runs: our rest is no ground to let it pass.
    """
    if look_again_on <= actor.on:
        raise Refused(_("Choose a date after today on which you look again."), field="look_again_on")
    last = max(localdate(commitment.term_at), actor.on + timedelta(days=1)) if commitment.term_at else look_again_on
    if look_again_on > last:
        raise Refused(_("A term of law runs here. Look again on %(day)s at the latest.") % {"day": f"{last:%d-%m-%Y}"}, field="look_again_on")
    if commitment.pauses.filter(ended_at__isnull=True).exists():
        raise Refused(_("For now nothing is done here already. Change that date, or start again first."))
    set_due(actor=actor, at=at, commitment=commitment, due_at=start_of(look_again_on), kept_word=True)
    return Pause.objects.create(
        commitment=commitment,
        reason=reason,
        agreed_with=agreed_with,
        look_again_on=look_again_on,
        sooner_if=sooner_if,
        from_at=at,
        by_id=actor.acting_in(commitment.team_id),
    )


@action("commitments.resume", allow=PAID, on="commitment")
def end_pause(*, actor: Actor, at: datetime, commitment: Commitment, due_at: datetime) -> Commitment:
    """Start again before or on the look-again date, with a new next date. Raises Refused when nothing was paused."""
    if not commitment.pauses.filter(ended_at__isnull=True).update(ended_at=at):
        raise Refused(_("There is no pause to end."))
    return set_due(actor=actor, at=at, commitment=commitment, due_at=due_at, kept_word=True)

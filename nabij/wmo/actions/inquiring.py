"""Confirm receipt, tell of client support, note the own plan, write the topics, arrange what cannot wait."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Membership
from nabij.commitments.actions import set_due
from nabij.commitments.clock import end_of
from nabij.commitments.models import Urgency
from nabij.core.errors import Refused
from nabij.wmo.checks import passed
from nabij.wmo.models import Topic, Track

from .starting import WORKS
from .steps import change_track, open_track


@action("wmo.confirm", allow=WORKS, on="track")
def confirm_receipt(*, actor: Actor, at: datetime, track: Track, on: date, how: str) -> Track:
    """Write down when and how the resident heard that the report was received (Wmo 2015 art. 2.3.2 lid 1).

    Raises Refused: a day to come or before the report, not said how, or a track that is finished or kept elsewhere.
    """
    open_track(actor=actor, at=at, track=track)
    passed(on, at, field="on", since=track.received_on)
    if not how.strip():
        raise Refused(_("Say how: by letter, by mail, by telephone."), field="how")
    return change_track(actor=actor, at=at, track=track, confirmed_on=on, confirmed_how=how.strip())


@action("wmo.support", allow=WORKS, on="track")
def tell_support(*, actor: Actor, at: datetime, track: Track, on: date, by: Membership | None = None) -> Track:
    """Write down when the resident heard of free client support, and from whom (art. 2.3.2 lid 3); without `by` from the actor.

    Raises Refused: a day to come or before the report, or a track that is finished or kept elsewhere.
    """
    open_track(actor=actor, at=at, track=track)
    passed(on, at, field="on", since=track.received_on)
    teller = by.pk if by else actor.acting_in(track.commitment.team_id)
    return change_track(actor=actor, at=at, track=track, support_on=on, support_by_id=teller)


@action("wmo.plan", allow=WORKS, on="track")
def note_plan(*, actor: Actor, at: datetime, track: Track, received: bool, on: date | None = None) -> Track:
    """Write down whether the resident handed in a plan of their own; they have seven days, and a later plan is read too (art. 2.3.2 lid 2).

    Raises Refused: received without a day, or "not received" while the seven days still run.
    """
    open_track(actor=actor, at=at, track=track)
    if received and on is None:
        raise Refused(_("On which day did the plan come in?"), field="on")
    if received and on is not None:
        passed(on, at, field="on", since=track.received_on)
    if not received and timezone.localdate(at) <= track.plan_by:
        raise Refused(_("The resident still has time until %(day)s.") % {"day": f"{track.plan_by:%d-%m-%Y}"}, field="received")
    return change_track(actor=actor, at=at, track=track, plan_received=received, plan_on=on if received else None)


@action("wmo.topic", allow=WORKS, on="track")
def write_topic(*, actor: Actor, at: datetime, track: Track, about: str, state: str, words: str = "") -> Topic:
    """Write what was discussed on one topic of the inquiry, or why it does not apply (art. 2.3.2 lid 4).

    Raises Refused: an unknown topic, discussed without words, or a track that is finished or kept elsewhere.
    """
    open_track(actor=actor, at=at, track=track)
    if about not in Topic.About.values or state not in Topic.State.values:
        raise Refused(_("Choose whether this was discussed."), field="state")
    if state == Topic.State.DISCUSSED and not words.strip():
        raise Refused(_("Write in a few words what was said."), field="words")
    topic = Topic.objects.filter(track=track, about=about).first() or Topic(track=track, about=about)
    topic.state, topic.words, topic.at, topic.by_id = state, words.strip(), at, actor.acting_in(track.commitment.team_id)
    if topic.pk:
        raise_version(topic)
    topic.save()
    return topic


@action("wmo.urgent", allow=WORKS, on="track")
def arrange_urgent(*, actor: Actor, at: datetime, track: Track, what: str) -> Track:
    """Arrange something temporary at once, before the inquiry is done (art. 2.3.3): what, from today; the track is looked at today.

    Raises Refused: not said what, or a track that is finished or kept elsewhere.
    """
    commitment = open_track(actor=actor, at=at, track=track)
    if not what.strip():
        raise Refused(_("Write what is arranged for now."), field="what")
    commitment.urgency = Urgency.ACUTE
    commitment.save(update_fields=["urgency"])
    today = end_of(actor.on)
    if commitment.due_at > today:
        set_due(actor=actor, at=at, commitment=commitment, due_at=max(at, today))
    return change_track(actor=actor, at=at, track=track, urgent_on=actor.on, urgent_what=what.strip())

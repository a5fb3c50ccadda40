"""The written result, the request and the decision, and the end of a track."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.commitments.actions import close_commitment
from nabij.commitments.models import Commitment
from nabij.core.errors import Refused
from nabij.wmo.checks import passed
from nabij.wmo.models import Topic, Track

from .starting import WORKS, keep_long
from .steps import change_track, move_term, open_track


@action("wmo.result", allow=WORKS, on="track")
def give_result(*, actor: Actor, at: datetime, track: Track, on: date, words: str, follows: str) -> Track:
    """Give the resident the written result of the inquiry (Wmo 2015 art. 2.3.2 lid 8); it ends the track unless a decision is asked for.

    Raises Refused: no words, a topic that nobody wrote about, receipt or client support that was not told, or not said what follows.
    """
    commitment = open_track(actor=actor, at=at, track=track)
    passed(on, at, field="on", since=track.received_on)
    if not words.strip():
        raise Refused(_("Write the result: what we looked at, what comes out of it, and who does what."), field="words")
    if follows not in Track.Follows.values:
        raise Refused(_("Choose what follows."), field="follows")
    _check_complete(track)
    change_track(actor=actor, at=at, track=track, result_on=on, result_words=words.strip(), follows=follows)
    if follows == Track.Follows.NOTHING:
        close_commitment(actor=actor, at=at, commitment=commitment, outcome="result_given")
    else:
        # the inquiry is done; the next term begins with the request
        Commitment.objects.filter(pk=track.pk).update(term_at=None)
    keep_long(actor=actor, at=at, dossier=commitment.dossier)
    return track


def _check_complete(track: Track) -> None:
    written = set(track.topics.values_list("about", flat=True))
    missing = [str(about.label) for about in Topic.About if about.value not in written]
    if missing:
        raise Refused(_("Not written yet: %(topics)s. Say of each topic what was discussed, or that it does not apply.") % {"topics": "; ".join(missing)})
    if track.support_on is None or track.confirmed_on is None:
        raise Refused(_("First write down when the receipt was confirmed and client support was told."))


@action("wmo.request", allow=WORKS, on="track")
def receive_request(*, actor: Actor, at: datetime, track: Track, on: date) -> Track:
    """Write down the request for a decision: from that day two weeks run (art. 2.3.5 lid 2).

    A request counts after the result was given, or after the term of the inquiry passed (art. 2.3.2 lid 9), also when the inquiry itself was
    suspended or extended: that is ours, the request is the resident's. Raises Refused: earlier, or requested already.
    """
    open_track(actor=actor, at=at, track=track)
    passed(on, at, field="on", since=track.received_on)
    if track.requested_on:
        raise Refused(_("The request was written down already."))
    if track.result_on is None and on <= track.request_after:
        raise Refused(_("The inquiry comes first. Without a result a request counts from the day after %(day)s.") % {"day": f"{track.request_after:%d-%m-%Y}"}, field="on")
    if track.result_on and on < track.result_on:
        raise Refused(_("This day lies before the result."), field="on")
    change_track(actor=actor, at=at, track=track, requested_on=on)
    move_term(actor=actor, at=at, track=track)
    return track


@action("wmo.decide", allow=WORKS, on="track")
def decide_request(*, actor: Actor, at: datetime, track: Track, on: date, answer: str) -> Track:
    """Write down the decision that the municipality sent, and finish the track. The decision itself is not made here.

    Raises Refused: no request, no answer chosen, or a day before the request.
    """
    commitment = open_track(actor=actor, at=at, track=track)
    if track.requested_on is None:
        raise Refused(_("Nobody asked for a decision yet."))
    if answer not in Track.Answer.values:
        raise Refused(_("Choose what was decided."), field="answer")
    passed(on, at, field="on", since=track.requested_on)
    change_track(actor=actor, at=at, track=track, decided_on=on, answer=answer)
    close_commitment(actor=actor, at=at, commitment=commitment, outcome=answer)
    keep_long(actor=actor, at=at, dossier=commitment.dossier)
    return track


@action("wmo.end", allow=WORKS, on="track")
def end_track(*, actor: Actor, at: datetime, track: Track, why: str, reason: str = "") -> Track:
    """End a track without result or decision here: taken back, moved, died, or settled in the other system.

    Raises Refused: no ground chosen, or "settled elsewhere" for a track that is kept here.
    """
    commitment = open_track(actor=actor, at=at, track=track, here=False)
    if why not in Track.End.values:
        raise Refused(_("Choose why the track ends."), field="why")
    if why == Track.End.SETTLED and track.kept_here:
        raise Refused(_("This track is kept here: give its result."), field="why")
    change_track(actor=actor, at=at, track=track, end_reason=reason.strip())
    close_commitment(actor=actor, at=at, commitment=commitment, outcome=why)
    return track

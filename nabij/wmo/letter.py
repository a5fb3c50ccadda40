"""The written result as a letter to the resident, and the summary to copy into another system."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.letters import Heading, Items, Letter, Text
from nabij.residents.queries import header_of

from .models import Topic, Track
from .queries import topic_rows


def _day(day: object) -> str:
    return date_format(day, "j F Y")


def result_letter(*, actor: Actor, track: Track, language: str) -> Letter:
    """Return the letter with the result of the inquiry. A secret address never stands in it."""
    commitment = track.commitment
    head = header_of(actor=actor, dossier=commitment.dossier)
    home = head.home
    place = [home.line] if home and home.line else []
    blocks: list[object] = [
        Text(_("On %(day)s we received your question for support. We looked into it together with you. In this letter you read what comes out of it.") % {"day": _day(track.received_on)}),
        Heading(_("The result")),
        Text(track.result_words),
        Heading(_("What we talked about")),
    ]
    for about, topic in topic_rows(track=track):
        if topic and topic.state == Topic.State.DISCUSSED:
            blocks += [Heading(str(about.label), 3), Text(topic.words)]
    blocks += [Heading(_("Good to know")), Items(_good_to_know(track)), Text(_("Kind regards,\n%(name)s\n%(team)s") % {"name": commitment.owner.worker.name, "team": commitment.team.name})]
    sender = [line for line in (commitment.team.name, commitment.municipality.name, commitment.team.phone) if line]
    return Letter(title=_("The result of our inquiry"), language=language, blocks=blocks, sender=sender, date=track.result_on, to=[head.name, *place])


def _good_to_know(track: Track) -> list[str]:
    said = [
        _("Is something not right in this letter? Call us. We change it, or we add your words."),
        _("A client supporter can help you, free of charge and independent of the municipality."),
    ]
    if track.follows == Track.Follows.REQUEST:
        said.insert(0, _("Do you want to ask for a decision? Sign this letter and send it back. You hear from us within %(days)s days after that.") % {"days": track.decision_days})
    return said


def summary_of(*, track: Track, name: str) -> str:
    """Return the track in plain lines, to copy into the other system."""
    lines = [_("Wmo report of %(day)s, %(name)s") % {"day": _day(track.received_on), "name": name}]
    if track.reference:
        lines.append(_("Reference: %(reference)s") % {"reference": track.reference})
    if track.signal:
        lines.append(_("Question, as it came in: %(words)s") % {"words": track.signal.words})
    if track.case and track.case.question:
        lines.append(_("Question in the resident's own words: %(words)s") % {"words": track.case.question})
    lines.append(_("Inquiry ready by %(day)s at the latest.") % {"day": _day(track.inquiry_by)})
    lines.append(_("Contact person: %(name)s, %(team)s") % {"name": track.commitment.owner.worker.name, "team": track.commitment.team.name})
    return "\n".join(lines)

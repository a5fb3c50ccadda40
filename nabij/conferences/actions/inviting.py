"""Only those who are needed, each with a why and a basis; what is opened for a colleague from elsewhere."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from nabij.access.actions import give_grant, share_dossier
from nabij.access.actor import Actor, worker_actor
from nabij.access.doors import action
from nabij.access.models import Dossier, Grant, Membership, Sharing
from nabij.audit.models import Event
from nabij.casework.actions import WORKS
from nabij.conferences.models import Conference, Opening, Participant
from nabij.core.errors import Absent, Refused

from .steps import end_openings, still_to_come

READ_ALONG = timedelta(days=14)  # a grant ends so long after the day of the conference, also when nobody closes it
WORDS = {
    Conference.Part.PRESENT: Sharing.Word.AGREED,
    Conference.Part.INFORMED: Sharing.Word.INFORMED,
    Conference.Part.NOT_INFORMED: Sharing.Word.NOT_TOLD,
}


@action("conferences.add_participant", allow=WORKS, on="conference", event=Event.CREATE)
def add_participant(
    *,
    actor: Actor,
    at: datetime,
    conference: Conference,
    why: str,
    basis: str,
    member: Membership | None = None,
    name: str = "",
    organisation: str = "",
    opened: list[Dossier] | None = None,
) -> Participant:
    """Ask somebody to the table: a colleague, or a person of a partner by name and organisation; why they are needed, on which basis.

    `opened`: dossiers that a colleague who could not open them reads along in until the conference is over: by a grant, and for another
    organisation by a sharing act. Raises Refused: nobody or no reason named, there already, or a dossier that stays closed for them.
    """
    still_to_come(actor=actor, at=at, conference=conference)
    if not why.strip() or not basis.strip():
        raise Refused(_("Write why this person is needed, and on which basis."), field="basis" if why.strip() else "why")
    if member is None and not (name.strip() and organisation.strip()):
        raise Refused(_("Choose a colleague, or write a name and an organisation."), field="organisation" if name.strip() else "name")
    if member and conference.participants.filter(member__worker_id=member.worker_id).exists():
        raise Refused(_("%(name)s is asked already.") % {"name": member.worker.name}, field="member")
    participant = Participant.objects.create(
        conference=conference, member=member, why=why.strip(), basis=basis.strip(),
        name="" if member else name.strip(), organisation="" if member else organisation.strip(),
    )  # fmt: skip
    for dossier in opened or []:
        _open_for(actor, at, participant, dossier)
    return participant


def _open_for(actor: Actor, at: datetime, participant: Participant, dossier: Dossier) -> None:
    conference, member = participant.conference, participant.member
    if member is None:
        raise Refused(_("A dossier is opened for a colleague with a log-in only. Tell others what they need to know."), field="opened")
    in_case = conference.case.case_dossiers.filter(dossier__root_id=dossier.root_id, until_on__isnull=True).exists()
    # as it stands now: it may have been restricted a moment ago
    dossier = Dossier.objects.visible_to(actor).filter(pk=dossier.pk).first() if in_case else None  # type: ignore[assignment]
    if dossier is None:
        raise Absent
    theirs = worker_actor(member.worker, at=at)
    if Dossier.objects.visible_to(theirs).filter(pk=dossier.pk).exists():
        return
    if member.team.controller_id == dossier.controller_id:
        until = actor.on.fromordinal(max(conference.starts_at.date(), actor.on).toordinal()) + READ_ALONG
        grant = give_grant(
            actor=actor, at=at, dossier=dossier, worker=member.worker, kind=Grant.Kind.CASEWORK, purpose=conference.purpose, basis=participant.basis,
            until_on=until, reason=participant.why,
        )  # fmt: skip
        Opening.objects.create(participant=participant, dossier=dossier, grant=grant)
    else:
        sharing = share_dossier(
            actor=actor, at=at, dossier=dossier, to_team=member.team, what=_("The dossier, for a case conference"), why=participant.why, basis=participant.basis,
            resident_word=WORDS[Conference.Part(conference.resident_part)], word_detail=conference.resident_why,
        )  # fmt: skip
        Opening.objects.create(participant=participant, dossier=dossier, sharing=sharing)
    if not Dossier.objects.visible_to(theirs).filter(pk=dossier.pk).exists():
        raise Refused(_("%(name)s cannot work with this resident. Choose somebody else.") % {"name": member.worker.name}, field="member")


@action("conferences.remove_participant", allow=WORKS, on="participant")
def remove_participant(*, actor: Actor, at: datetime, participant: Participant) -> Conference:
    """Take somebody from the table after all; what was opened for them closes. Raises Refused when it was held."""
    conference = participant.conference
    still_to_come(actor=actor, at=at, conference=conference)
    end_openings(actor=actor, at=at, conference=conference, participant_id=participant.pk)
    if participant.openings.exists():  # what was shared stays on record, with its end
        return conference
    participant.delete()
    return conference

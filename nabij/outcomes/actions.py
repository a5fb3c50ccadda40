"""Ask a resident how it went, and write down the answer: through the link, or from paper."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import LINK, action, step
from nabij.access.models import Dossier
from nabij.audit.models import Event
from nabij.casework.actions import WORKS
from nabij.casework.models import Case, CaseDossier
from nabij.core.errors import Absent, Refused
from nabij.links.actions import end_links, make_link, use_link
from nabij.links.models import Link
from nabij.post.actions import erase_mail_about, queue_mail
from nabij.residents.models import Resident

from .models import QUESTIONS, Experience
from .queries import mail_of

KIND = "outcomes.answer"
MAIL_KIND = "experience"
Answers = dict[str, int | None]


@dataclass(frozen=True)
class Asked:
    """A request with the address of its link, which is shown now and kept nowhere."""

    experience: Experience
    address: str

    @property
    def recorded(self) -> Experience:
        """Return what the audit entry is about."""
        return self.experience


def _address(secret: str) -> str:
    """Return the whole address behind a link."""
    return settings.PUBLIC_URL + reverse("outcomes:questions", args=[secret])


@action("outcomes.ask", allow=WORKS, on="case", event=Event.CREATE)
def ask_experience(*, actor: Actor, at: datetime, case: Case, dossier: Dossier, way: str) -> Asked:
    """Make a link with the four questions for one resident of a case: by mail without any name, or to print. An earlier link ends with it.

    Raises Refused: no safe mail address, or the resident has died. Raises Absent: not in the case, or not open to this actor.
    """
    _in_case(actor, case, dossier)
    _alive(dossier)
    to = mail_of(dossier=dossier, on=actor.on) if way == Experience.Way.MAIL else ""
    if way == Experience.Way.MAIL and not to:
        raise Refused(_("There is no e-mail address that is safe to use. Print the link, or use paper."), field="way")
    waiting = Experience.objects.filter(case=case, dossier=dossier, answered_on__isnull=True).exclude(way=Experience.Way.PAPER).first()
    row = waiting or Experience(case=case, dossier=dossier)
    row.way, row.asked_at, row.asked_by_id = way, at, actor.acting_in(case.commitment.team_id)
    row.save()
    _link, secret = make_link(actor=actor, at=at, kind=KIND, subject=row.ref, dossier=dossier)
    address = _address(secret)
    if to:
        _mail(actor, at, row, to, address)
    return Asked(row, address)


def _in_case(actor: Actor, case: Case, dossier: Dossier) -> None:
    inside = CaseDossier.objects.filter(case=case, dossier__root_id=dossier.root_id).exists()
    if not inside or not Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists():
        raise Absent


def _alive(dossier: Dossier) -> None:
    if Resident.objects.filter(dossier__root_id=dossier.root_id, deceased_on__isnull=False).exists():
        raise Refused(_("This resident has died."))


def _mail(actor: Actor, at: datetime, row: Experience, to: str, address: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("How did it go? Four short questions")
        body = _(
            "Hello,\n\nYou had contact with us. We would like to know how that was for you. There are four short questions; it takes two minutes.\n\n"
            "%(address)s\n\nThe link works once, for thirty days. You need not answer, and it changes nothing about your help.\n\nThe neighbourhood team"
        ) % {"address": address}
    queue_mail(actor=actor, at=at, to=to, subject=subject, body=body, kind=MAIL_KIND, ref=row.ref)


@action("outcomes.answer", allow={LINK: "own"}, on="experience")
def answer_by_link(*, actor: Actor, at: datetime, experience: Experience, link: Link, answers: Answers, words: str = "") -> Experience:
    """Write down what a resident answers through the link. It can be done once, and the link ends with it.

    Raises Refused: nothing answered. Raises Absent: answered before, or a link that is not this request's own.
    """
    if link.kind != KIND or link.subject != experience.ref:
        raise Absent
    use_link(actor=actor, at=at, link=link)
    return _write(experience, actor.on, answers, words)


@action("outcomes.paper", allow=WORKS, on="case", event=Event.CREATE)
def type_answer(*, actor: Actor, at: datetime, case: Case, dossier: Dossier, on: date, answers: Answers, words: str = "") -> Experience:
    """Type in what a resident wrote on paper, marked as such. A link that still waits ends with it.

    Raises Refused: nothing answered, or a day to come. Raises Absent: not in the case, or not open to this actor.
    """
    _in_case(actor, case, dossier)
    if on > actor.on:
        raise Refused(_("This day is still to come."), field="on")
    waiting = Experience.objects.filter(case=case, dossier=dossier, answered_on__isnull=True).first()
    row = waiting or Experience(case=case, dossier=dossier, asked_at=at, asked_by_id=actor.acting_in(case.commitment.team_id))
    end_links(actor=actor, at=at, kind=KIND, subject=row.ref)
    row.way, row.typed_by_id = Experience.Way.PAPER, actor.acting_in(case.commitment.team_id)
    return _write(row, on, answers, words)


def _write(row: Experience, on: date, answers: Answers, words: str) -> Experience:
    given = {name: answers.get(name) for name in QUESTIONS}
    if not any(given.values()) and not words.strip():
        raise Refused(_("Nothing was filled in yet. Choose one face, or write a few words."))
    # asked for as it must be: a lock on what is answered already would wait for nobody who answers at this moment
    if row.pk and not Experience.objects.select_for_update().filter(pk=row.pk, answered_on__isnull=True).exists():
        raise Absent
    for name, value in given.items():
        setattr(row, name, value)
    row.answered_on, row.words = on, words.strip()
    row.version = (row.version or 0) + 1 if row.pk else 1
    row.save()
    return row


@step
def erase_experiences(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty the words of what this resident answered, and the mail that asked; the faces stay without a trace to a person. Returns how many."""
    rows = Experience.objects.filter(dossier=dossier)
    for ref in rows.values_list("ref", flat=True):
        erase_mail_about(actor=actor, at=at, kind=MAIL_KIND, ref=ref)
    return rows.update(words="")

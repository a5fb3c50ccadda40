"""What people record about contact."""

from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import Dossier, Role, Scope, Worker
from nabij.audit.models import Event
from nabij.commitments.actions import end_pause, set_due
from nabij.commitments.clock import end_of
from nabij.commitments.models import Commitment
from nabij.core.errors import Absent, Refused
from nabij.core.worded import Numbers, ask

from .models import Contact, ContactText
from .queries import part_of_day

RECORDS = {
    Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN, Role.YOUTH_WORKER: Scope.OWN, Role.VOLUNTEER: Scope.OWN,
}  # fmt: skip
CLOCK_SLACK = timedelta(minutes=5)  # a phone's clock may run ahead a little
Texts = dict[int, tuple[str, str]]


@action("contacts.record", allow=RECORDS, event=Event.CREATE)
def record_contact(
    *,
    actor: Actor,
    at: datetime,
    dossiers: list[Dossier],
    medium: str,
    reached: bool,
    happened_at: datetime,
    texts: Texts,
    minutes: int | None = None,
    with_whom: str = "",
    commitment: Commitment | None = None,
    next_on: date | None = None,
) -> Contact:
    """Record one contact, or one attempt, with one or several residents; each with a text of their own, for its own audience.

    An attempt is not contact; of contact any length counts. `next_on` becomes the next date of `commitment`: after real contact it is a kept
    word, after an attempt a postponement. Raises Refused: in the future, or a next date that has passed. Raises Absent: a resident not for you.
    """
    rows = {dossier.pk: dossier for dossier in dossiers}
    _check_reach(actor, rows, commitment)
    if happened_at > at + CLOCK_SLACK:
        raise Refused(_("This moment has not come yet. Fill in when it happened."), field="happened_at")
    contact = Contact.objects.create(
        by_id=_own_seat(actor, rows),
        happened_at=happened_at,
        recorded_at=at,
        medium=medium,
        reached=reached,
        part_of_day=part_of_day(at=happened_at),
        minutes=minutes,
        with_whom=with_whom,
        commitment=commitment,
    )
    for pk, dossier in rows.items():
        audience, words = texts.get(pk, (ContactText.Audience.TEAM, ""))
        text = ContactText(contact=contact, dossier=dossier, happened_at=happened_at, counts=reached)
        _write_words(text, audience, words)
        text.save()
    if commitment is not None and next_on is not None:
        _agree_next(actor=actor, at=at, commitment=commitment, reached=reached, next_on=next_on)
    return contact


def _check_reach(actor: Actor, rows: dict[int, Dossier], commitment: Commitment | None) -> None:
    if not rows:
        raise Refused(_("Choose with whom there was contact."), field="dossiers")
    if len(ask(_opened, actor=actor, dossiers=Numbers(rows))) != len(rows):
        raise Absent
    if commitment is not None and not ask(_known, actor=actor, commitment_id=commitment.pk):
        raise Absent


def _opened(*, actor: Actor, dossiers: list[int]) -> "QuerySet[Dossier, tuple[int]]":
    return Dossier.objects.visible_to(actor).filter(pk__in=dossiers).values_list("pk")


def _known(*, actor: Actor, commitment_id: int) -> "QuerySet[Commitment, tuple[int]]":
    return Commitment.objects.visible_to(actor).filter(pk=commitment_id).values_list("pk")


def _own_seat(actor: Actor, rows: dict[int, Dossier]) -> int:
    teams = {dossier.team_id for dossier in rows.values()}
    seats = sorted(actor.memberships, key=lambda seat: seat.team_id not in teams)
    if not seats:
        raise Refused(_("Only a person can record contact."))
    return seats[0].membership_id


def _write_words(text: ContactText, audience: str, words: str) -> None:
    """Put the words where their audience says: private ones stand only encrypted."""
    private = audience == ContactText.Audience.PRIVATE
    text.audience = audience
    text.text, text.private_text = ("", words) if private else (words, "")


def _agree_next(*, actor: Actor, at: datetime, commitment: Commitment, reached: bool, next_on: date) -> None:
    if next_on < actor.on:
        raise Refused(_("This date has passed. Choose today or later."), field="next_on")
    fresh = Commitment.objects.select_for_update().get(pk=commitment.pk)
    due_at = end_of(next_on)
    if fresh.pauses.filter(ended_at__isnull=True).exists():  # a new date chosen by hand: we start again
        end_pause(actor=actor, at=at, commitment=fresh, due_at=due_at)
    else:
        set_due(actor=actor, at=at, commitment=fresh, due_at=due_at, kept_word=reached)


@action("contacts.edit", allow=RECORDS, on="text")
def edit_text(*, actor: Actor, at: datetime, text: ContactText, audience: str, words: str) -> ContactText:
    """Correct what you wrote yourself, or change who may read it. Raises Refused: somebody else's text, or a withdrawn contact."""
    if text.contact.by.worker_id != actor.worker_id:
        raise Refused(_("Only %(name)s can change this text. Add a contact of your own.") % {"name": text.contact.by.worker.name})
    if text.contact.withdrawn_at:
        raise Refused(_("This contact was withdrawn. Record a new one."))
    _write_words(text, audience, words)
    text.last_editor_id = actor.worker_id
    raise_version(text)
    text.save(update_fields=["audience", "text", "private_text", "last_editor", "version"])
    return text


@action("contacts.withdraw", allow=RECORDS, on="contact")
def withdraw_contact(*, actor: Actor, at: datetime, contact: Contact) -> Contact:
    """Withdraw a contact that was recorded by mistake: it stays in the record and counts for nothing.

    The author may, and a lead of the author's team. Raises Refused: somebody else's, or withdrawn already.
    """
    leads = any(seat.function == Role.LEAD and seat.team_id == contact.by.team_id for seat in actor.memberships)
    if contact.by.worker_id != actor.worker_id and not leads:
        raise Refused(_("Only %(name)s or the team lead can withdraw this contact.") % {"name": contact.by.worker.name})
    if contact.withdrawn_at:
        raise Refused(_("This contact was withdrawn already."))
    contact.withdrawn_at = at
    raise_version(contact)
    contact.save(update_fields=["withdrawn_at", "version"])
    contact.texts.update(counts=False)
    return contact


@step
def pass_private_texts(*, actor: Actor, at: datetime, dossier: Dossier, author: Worker, to: Worker) -> int:
    """Let a successor read what its author kept private about a resident; the author chose so at the handover. Returns how many texts."""
    texts = ContactText.objects.filter(dossier__root_id=dossier.root_id, audience=ContactText.Audience.PRIVATE)
    return texts.filter(Q(contact__by__worker=author) | Q(passed_to=author)).update(passed_to=to, version=F("version") + 1)


@step
def erase_contacts(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty what was said about this resident and with whom; that there was contact stays, as an anonymous skeleton. Returns how many texts."""
    texts = list(ContactText.objects.filter(dossier=dossier).select_related("contact"))
    for text in texts:
        _write_words(text, ContactText.Audience.TEAM, "")
        raise_version(text)
        text.save(update_fields=["audience", "text", "private_text", "version"])
        if text.contact.with_whom:
            text.contact.with_whom = ""
            text.contact.save(update_fields=["with_whom"])
    return len(texts)

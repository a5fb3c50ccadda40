"""Take a message in, say what became of it, take a refused one in after all."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import Scope, action, raise_version, step
from nabij.access.models import Role, Team
from nabij.audit.models import Event
from nabij.core.errors import Refused
from nabij.papers.actions import keep_paper
from nabij.papers.models import Paper
from nabij.post.models import Incoming, IncomingFile
from nabij.post.parse import Attachment, ParsedMail, Refusal, parse_mail
from nabij.post.queries import mail_with_digest, outgoing_named, raw_bytes, thread_of

LOGO = 20 * 1024  # bytes; a smaller picture between the words is decoration, and still in the raw message
GUESSED = {Refusal.SPAM, Refusal.NEWSLETTER}
READERS: dict[str, str] = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM}


@action("post.receive", allow={}, event=Event.CREATE)
def receive_mail(
    *,
    actor: Actor,
    at: datetime,
    raw: bytes,
    source: str,
    team: Team,
    size: int | None = None,
    mail: ParsedMail | None = None,
) -> Incoming:
    """Store one received message with its files, once: the same message again gives the row that is there.

    `size`: full length in bytes when `raw` was cut. State becomes `refused` with its reason, else `received`, and a mail of
    ours that came back is marked so. A reply in a known conversation is never refused as advertising.
    """
    mail = mail or parse_mail(raw, size=size, max_bytes=settings.MAIL_LIMIT_BYTES)
    before = mail_with_digest(digest=mail.digest)
    if before is not None:
        return before
    thread_ids = [*mail.references, *(f"{token}@{settings.MAIL_DOMAIN}" for token in mail.tokens)]
    refusal = mail.refusal
    if refusal in GUESSED and thread_of(thread_ids=thread_ids, team=team):
        refusal = None
    if refusal is Refusal.BOUNCE:
        outgoing_named(thread_ids=thread_ids).filter(bounced_at__isnull=True).update(bounced_at=at)
    incoming = Incoming(
        digest=mail.digest,
        message_id=mail.message_id,
        source=source[-300:],
        team=team,
        received_at=at,
        sent_at=mail.date,
        thread_ids=thread_ids,
        raw=_keep_raw(actor, at, raw, team),
        state=Incoming.State.REFUSED if refusal else Incoming.State.RECEIVED,
        refusal=refusal or "",
        evidence=mail.evidence if refusal else "",
        handled_at=at if refusal else None,
    )
    _fill(incoming, mail)
    incoming.save(force_insert=True)
    if not refusal:
        _keep_files(actor, at, incoming, mail.attachments)
    return incoming


def _keep_raw(actor: Actor, at: datetime, raw: bytes, team: Team) -> Paper:
    paper: Paper = keep_paper(
        actor=actor, at=at, name="bericht.eml", content_type="message/rfc822", content=raw, team=team
    )
    return paper


def _fill(incoming: Incoming, mail: ParsedMail) -> None:
    incoming.from_address, incoming.from_name = mail.from_address, mail.from_name
    incoming.subject, incoming.text = mail.subject, mail.text
    incoming.quoted, incoming.signature = mail.quoted, mail.signature
    incoming.is_forward, incoming.is_generated = mail.is_forward, mail.is_generated
    incoming.size = mail.size


def _keep_files(actor: Actor, at: datetime, incoming: Incoming, files: tuple[Attachment, ...]) -> None:
    for file in files:
        if file.inline and file.size < LOGO:
            continue
        paper = keep_paper(
            actor=actor, at=at, name=file.name, content_type=file.content_type, content=file.content, team=incoming.team
        )
        IncomingFile.objects.create(incoming=incoming, paper=paper, inline=file.inline)


@step
def settle_mail(*, actor: Actor, at: datetime, incoming: Incoming, state: str, kind: str, ref: str) -> Incoming:
    """Write down what a message became: `signal` (it began the record) or `linked` (it was added to it).

    Call it in the transaction that makes that record. Raises Refused when it was handled before, also by another process.
    """
    settled = {"state": state, "about_kind": kind, "about_ref": ref, "handled_at": at, "version": incoming.version + 1}
    if not Incoming.objects.waiting().filter(pk=incoming.pk).update(**settled):
        raise Refused(_("This message was already handled. Open it again to see what became of it."))
    for name, value in settled.items():
        setattr(incoming, name, value)
    return incoming


@action("post.accept", allow=READERS, on="incoming")
def accept_refused(*, actor: Actor, at: datetime, incoming: Incoming) -> Incoming:
    """Take a refused message in after all, however large: it waits to be handled, with all its words and files.

    Raises Refused when it was not refused, or was erased.
    """
    if incoming.state != Incoming.State.REFUSED or incoming.erased_at:
        raise Refused(_("This message was not refused, or is erased. There is nothing to take in."))
    raw = raw_bytes(incoming=incoming)
    mail = parse_mail(raw, max_bytes=len(raw))
    _fill(incoming, mail)
    incoming.state, incoming.refusal, incoming.evidence, incoming.handled_at = Incoming.State.RECEIVED, "", "", None
    raise_version(incoming)
    incoming.save()
    _keep_files(actor, at, incoming, mail.attachments)
    return incoming

"""Empty mail when its keeping time is over. The anonymous skeleton stays, so that no message is imported again."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.papers.actions import erase_paper
from nabij.post.models import Incoming, Outgoing


@step
def erase_mail(*, actor: Actor, at: datetime, incoming: Incoming) -> Incoming:
    """Take sender, words and files of a received message away."""
    for paper in [incoming.raw, *(file.paper for file in incoming.files.select_related("paper"))]:
        if not paper.erased_at:
            erase_paper(actor=actor, at=at, paper=paper)
    for name in ("from_address", "from_name", "subject", "text", "quoted", "signature", "source"):
        setattr(incoming, name, "")
    incoming.message_id, incoming.thread_ids, incoming.evidence = f"{incoming.ref}@erased", [], ""
    incoming.erased_at = at
    raise_version(incoming)
    incoming.save()
    return incoming


@step
def erase_mail_about(*, actor: Actor, at: datetime, kind: str, ref: str) -> int:
    """Empty all mail, in and out, about a record; return how many messages. Unsent mail is cancelled."""
    count = 0
    for incoming in Incoming.objects.filter(about_kind=kind, about_ref=ref, erased_at__isnull=True).select_related(
        "raw"
    ):
        erase_mail(actor=actor, at=at, incoming=incoming)
        count += 1
    rows = Outgoing.objects.filter(about_kind=kind, about_ref=ref)
    rows.waiting().update(cancelled_at=at)
    for mail in rows:
        mail.to, mail.subject, mail.body = "", "", ""
        mail.save(update_fields=["to", "subject", "body"])
        count += 1
    return count

"""Reads of the post: which conversation a message belongs to, what waits, what was refused, what came back."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Team
from nabij.access.queries import fetch
from nabij.papers.models import Paper
from nabij.papers.queries import paper_bytes

from .models import Incoming, Outgoing

CLAIM = timedelta(minutes=15)  # a sender that is silent this long has crashed


class Thread(NamedTuple):
    """The record a message belongs to, by a mail of ours (`outgoing`) or an older one from outside (`incoming`)."""

    kind: str
    ref: str
    outgoing: Outgoing | None
    incoming: Incoming | None


def outgoing_named(*, thread_ids: list[str]) -> "QuerySet[Outgoing]":
    """Return the mails of ours that these message ids name."""
    ends = f"@{settings.MAIL_DOMAIN}".lower()
    refs = [found[: -len(ends)].lower() for found in thread_ids if found.lower().endswith(ends)]
    return Outgoing.objects.filter(ref__in=refs)


def thread_of(*, thread_ids: list[str], team: Team) -> Thread | None:
    """Return the record these messages are about: our own mail first, then an older message to the same municipality, newest first."""
    for outgoing in outgoing_named(thread_ids=thread_ids).exclude(about_ref="").order_by("-id")[:1]:
        return Thread(outgoing.about_kind, outgoing.about_ref, outgoing, None)
    older = Incoming.objects.filter(message_id__in=thread_ids, team__municipality_id=team.municipality_id)
    for incoming in older.exclude(about_ref="").order_by("-id")[:1]:
        return Thread(incoming.about_kind, incoming.about_ref, None, incoming)
    return None


def thread_of_mail(*, incoming: Incoming) -> Thread | None:
    """Return the record a received message belongs to, or None when it begins something new."""
    return thread_of(thread_ids=incoming.thread_ids, team=incoming.team)


def mail_with_digest(*, digest: str) -> Incoming | None:
    """Return the message that arrived before with this digest."""
    return Incoming.objects.filter(digest=digest).select_related("team").first()


def waiting_mail(*, team: Team) -> "QuerySet[Incoming]":
    """Return what came in for a team and was not yet handled, oldest first."""
    return Incoming.objects.waiting().filter(team=team).select_related("team").order_by("id")


def unhandled_since(*, moment: datetime) -> "QuerySet[Incoming]":
    """Return mail that came in before a moment and still waits: an import stopped, so nobody answers for it (for the sweep)."""
    return Incoming.objects.waiting().filter(received_at__lt=moment).select_related("team").order_by("id")


def refused_mail(*, actor: Actor, before_id: int | None = None, limit: int = 50) -> list[Incoming]:
    """Return refused mail of the actor's teams, newest first; `before_id` is the id of the last one shown."""
    rows = Incoming.objects.refused().visible_to(actor).filter(erased_at__isnull=True).select_related("team")
    if before_id:
        rows = rows.filter(id__lt=before_id)
    return list(rows.order_by("-id")[:limit])


def refused_at(*, actor: Actor, ref: str) -> Incoming:
    """Return one refused message of the actor's teams. Raises Absent."""
    rows = Incoming.objects.refused().filter(erased_at__isnull=True).select_related("team")
    return fetch(rows, actor=actor, ref=ref)


def received_about(*, kind: str, ref: str) -> list[Incoming]:
    """Return the messages that became a record or were added to it, oldest first, with their files.

    The caller has checked that the reader may open that record.
    """
    rows = Incoming.objects.filter(about_kind=kind, about_ref=ref)
    return list(rows.prefetch_related("files__paper").order_by("id"))


def sent_about(*, kind: str, ref: str) -> list[Outgoing]:
    """Return our mails about a record, oldest first; `state` tells what became of each.

    The caller has checked that the reader may open that record.
    """
    return list(Outgoing.objects.filter(about_kind=kind, about_ref=ref).order_by("id"))


def undelivered_about(*, kind: str) -> "QuerySet[Outgoing]":
    """Return our mails about one kind of record that could not be sent or came back: somebody must call instead."""
    return Outgoing.objects.undelivered().filter(about_kind=kind).order_by("id")


def due_mail(*, at: datetime) -> "QuerySet[Outgoing]":
    """Return the mails to send now: not sent, not cancelled, their time has come, nobody is busy with them."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - CLAIM)
    return Outgoing.objects.waiting().filter(free, not_before__lte=at).order_by("not_before", "id")


def refused_before(*, moment: datetime) -> "QuerySet[Incoming]":
    """Return refused mail older than its keeping time, for the erasure."""
    return Incoming.objects.refused().filter(received_at__lt=moment, erased_at__isnull=True).order_by("id")


def raw_bytes(*, incoming: Incoming) -> bytes:
    """Return the message as it came. Raises FileNotFoundError after erasure."""
    return paper_bytes(paper=Paper.objects.get(pk=incoming.raw_id))

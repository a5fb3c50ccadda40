"""Make a link, use it, renew it, end it: always as part of an action of the room that the link is for."""

import secrets
from datetime import datetime, timedelta

from django.db.models import F

from nabij.access.actor import Actor
from nabij.access.doors import raise_version, step
from nabij.access.models import Dossier, Worker
from nabij.core.errors import Absent

from .models import Link
from .opening import hash_of

SECRET_BYTES = 24  # 192 random bits: nobody guesses one
LASTS = timedelta(days=30)


@step
def make_link(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    subject: str,
    dossier: Dossier | None = None,
    worker: Worker | None = None,
    lasts: timedelta = LASTS,
    max_uses: int | None = 1,
    secret: str = "",
) -> tuple[Link, str]:
    """Make a link for one purpose and one record; return it with its secret, which is shown now and kept nowhere.

    What was made earlier for the same purpose and record ends with it: there is one working link at a time. `secret`: one that people can
    type, drawn by the room itself.
    """
    end_links(actor=actor, at=at, kind=kind, subject=subject)
    secret = secret or secrets.token_urlsafe(SECRET_BYTES)
    facts = {"dossier": dossier, "worker": worker, "subject": subject, "made_at": at, "expires_at": at + lasts, "max_uses": max_uses}
    return Link.objects.create(kind=kind, token_hash=hash_of(secret), **facts), secret


@step
def use_link(*, actor: Actor, at: datetime, link: Link) -> Link:
    """Count one use. Two at the same moment: one gets it. Raises Absent when it ended or was used up meanwhile."""
    used = Link.objects.live(at).filter(pk=link.pk).values("pk")
    if not Link.objects.filter(pk__in=used).update(uses=F("uses") + 1, used_at=at, version=F("version") + 1):
        raise Absent
    link.refresh_from_db()
    return link


@step
def renew_link(*, actor: Actor, at: datetime, link: Link, lasts: timedelta = LASTS) -> tuple[Link, str]:
    """End a link and make a new one for the same record, with a new secret."""
    same = {"kind": link.kind, "subject": link.subject, "dossier": link.dossier, "worker": link.worker, "max_uses": link.max_uses}
    return make_link(actor=actor, at=at, lasts=lasts, **same)


@step
def end_link(*, actor: Actor, at: datetime, link: Link) -> Link:
    """End a link at once; ending it twice changes nothing."""
    if link.ended_at is None:
        link.ended_at = at
        raise_version(link)
        link.save(update_fields=["ended_at", "version"])
    return link


@step
def end_links(*, actor: Actor, at: datetime, kind: str = "", subject: str = "", dossier: Dossier | None = None, worker: Worker | None = None) -> int:
    """End all links that fit what is named: of one record, of one resident (death, erasure), of one colleague. Returns how many.

    Raises ValueError when nothing is named: then it would end them all.
    """
    wanted = {"kind": kind, "subject": subject, "dossier__root_id": dossier and dossier.root_id, "worker": worker}
    named = {name: value for name, value in wanted.items() if value}
    if not named:
        raise ValueError("name what the links belong to")
    rows = list(Link.objects.filter(ended_at__isnull=True, **named).values_list("pk", flat=True))
    return Link.objects.filter(pk__in=rows).update(ended_at=at, version=F("version") + 1)


@step
def erase_links(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """End every link of a dossier that is emptied; a link holds no word about anybody. Returns how many."""
    return end_links(actor=actor, at=at, dossier=dossier)

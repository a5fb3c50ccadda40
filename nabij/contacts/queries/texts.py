"""What was said, as far as this reader may know; and that there is more."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from nabij.access.actor import Actor
from nabij.access.models import Dossier, opened_by
from nabij.access.queries import fetch
from nabij.contacts.models import Contact, ContactText, Texts
from nabij.core.errors import Absent
from nabij.core.worded import Refs, records

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class TextPage:
    """A piece of the timeline, newest first. `hidden`: how many texts of this resident are not for this reader; `after`: where the next piece begins."""

    rows: list[ContactText]
    hidden: int
    after: Cursor | None


def contact_texts(*, actor: Actor, dossier_id: int, before: datetime | Cursor | None = None, limit: int = 20) -> TextPage:
    """Return the contact moments of one resident before a moment, each with its text as far as it is for this reader.

    A text that is not for them is emptied and has `opened` False; the moment itself stays, and all such texts are counted, so that nobody
    draws wrong conclusions from what they do not see (asks.md 22). Merged dossiers are read through their root. Two queries.
    """
    root = Dossier.objects.filter(pk=dossier_id).values("root_id")[:1]
    texts = _marked(actor).filter(opened_by(actor), dossier__root_id=root)
    hidden = texts.filter(opened=False).count()
    if isinstance(before, tuple):
        texts = texts.filter(Q(happened_at__lt=before[0]) | Q(happened_at=before[0], pk__lt=before[1]))
    elif before is not None:
        texts = texts.filter(happened_at__lt=before)
    rows = list(texts.order_by("-happened_at", "-pk")[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return TextPage([_closed(row) for row in rows], hidden, (rows[-1].happened_at, rows[-1].pk) if more else None)


def cursor_of(*, text: str) -> Cursor | None:
    """Return the place in the timeline that an address names; nothing when it cannot be read."""
    moment, _bar, key = text.partition("|")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), int(key)
    except (ValueError, OverflowError):
        return None


def text_of_cursor(*, cursor: Cursor | None) -> str:
    """Return a place in the timeline as it stands in an address."""
    return f"{cursor[0].isoformat()}|{cursor[1]}" if cursor else ""


def _marked(actor: Actor) -> Texts:
    mine = ContactText.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    return ContactText.objects.annotate(opened=Exists(mine)).select_related("contact__by__worker", "contact__by__team", "last_editor")


def _closed(row: ContactText) -> ContactText:
    """Empty what is not for this reader, so that no template can show it by mistake."""
    if not row.opened:
        row.text = row.private_text = ""
    return row


def dossiers_of(*, actor: Actor, refs: list[str]) -> list[Dossier]:
    """Return the dossiers with these refs, in this order. Raises Absent when one is not for this actor, or none is named."""
    found = {row.ref: row for row in records(_dossiers, actor=actor, refs=Refs(refs))}
    if not refs or set(found) != set(refs):
        raise Absent
    return [found[ref] for ref in dict.fromkeys(refs)]


def _dossiers(*, actor: Actor, refs: list[str]) -> "QuerySet[Dossier]":
    return Dossier.objects.visible_to(actor).filter(ref__in=refs).select_related("team")


def contact_of(*, actor: Actor, ref: str) -> Contact:
    """Return one contact with its author. Raises Absent."""
    return fetch(Contact.objects.select_related("by__worker", "by__team", "commitment"), actor=actor, ref=ref)


def texts_of(*, actor: Actor, contact: Contact) -> TextPage:
    """Return the texts of one contact about residents whom this reader may see; those that are not for them are emptied and counted."""
    rows = list(_marked(actor).filter(opened_by(actor), contact=contact).order_by("pk"))
    return TextPage([_closed(row) for row in rows], sum(not row.opened for row in rows), None)


def text_of(*, actor: Actor, ref: str) -> ContactText:
    """Return one text that this reader may read. Raises Absent."""
    return fetch(ContactText.objects.select_related("contact__by__worker", "contact__by__team", "dossier"), actor=actor, ref=ref)


def export_contacts(*, dossier: Dossier) -> list[dict[str, Any]]:
    """Return every contact with this resident and everything said about them, private texts included, oldest first (GDPR art. 15)."""
    rows = ContactText.objects.filter(dossier__root_id=dossier.root_id).select_related("contact__by__team").order_by("happened_at", "pk")
    return [
        {
            "happened_at": row.happened_at,
            "medium": row.contact.medium,
            "reached": row.contact.reached,
            "minutes": row.contact.minutes,
            "with_whom": row.contact.with_whom,
            "team": row.contact.by.team.name,
            "audience": row.audience,
            "text": row.words,
            "withdrawn": row.contact.withdrawn_at is not None,
        }
        for row in rows
    ]

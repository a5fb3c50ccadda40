"""Contacts of three years, in the order in which they happened, most of them with residents who are worked on."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta

from nabij.contacts.models import Contact, ContactText
from nabij.contacts.queries import part_of_day
from nabij.core import crypto

from .bulk import BATCH, Row, Sheet, Told
from .region import Region

TABLES = (Contact, ContactText)
WITH_ACTIVE, REACHED, PRIVATE, ON_CASE = 0.7, 0.82, 0.015, 0.5  # shares of the contacts
MEDIA = ("phone", "phone", "phone", "visit", "visit", "office", "message", "email", "street")
CONTACT = ("id", "ref", "by_id", "happened_at", "recorded_at", "medium", "reached", "part_of_day", "minutes", "commitment_id")
TEXT = ("id", "ref", "contact_id", "dossier_id", "audience", "text", "private_text", "happened_at", "counts")


def talks(region: Region, told: Told) -> None:
    """Write every contact with its text; a private one stands encrypted, as everywhere."""
    contact, text = Sheet(Contact, *CONTACT), Sheet(ContactText, *TEXT)
    made: tuple[list[Row], list[Row]] = ([], [])
    for one, words in _drawn(region):
        made[0].append(one)
        made[1].append(words)
        if len(made[0]) == BATCH:
            _write(contact, text, made, told)
    _write(contact, text, made, told)


def _write(contact: Sheet, text: Sheet, made: tuple[list[Row], list[Row]], told: Told) -> None:
    contact.write(made[0])
    text.write(made[1])
    told(len(made[0]))
    made[0].clear()
    made[1].clear()


def _drawn(region: Region) -> Iterator[tuple[Row, Row]]:
    draw, total = region.draw, region.sizes.contacts
    step = (region.now - region.begin) / total
    for number in range(1, total + 1):
        at = region.begin + step * (number - 1)
        dossier = _with_whom(region, number / total)
        seat, reached = region.seat_for(dossier), draw.chance() < REACHED
        case = region.case_of[dossier - 1] if draw.chance() < ON_CASE else 0
        minutes = draw.pick((5, 10, 20, 45)) if reached else None
        facts = (at, at + timedelta(minutes=3), draw.pick(MEDIA), reached, part_of_day(at=at), minutes, case or None)
        yield (number, draw.ref(), seat.membership, *facts), _text(region, number, dossier, at, reached)


def _with_whom(region: Region, share: float) -> int:
    """Draw a dossier that existed by then."""
    known, draw = region.known_at(share), region.draw
    busy = bisect_right(region.active, known)
    if busy and draw.chance() < WITH_ACTIVE:
        return region.active[int(draw.chance() * busy)]
    return 1 + int(draw.chance() * known)


def _text(region: Region, number: int, dossier: int, at: datetime, reached: bool) -> Row:
    draw, ref = region.draw, region.draw.ref()
    words = draw.words() if reached else "Geen gehoor."
    private = draw.chance() < PRIVATE
    sealed = crypto.encrypt_text(words, purpose="column", about=f"{ContactText._meta.db_table}.private_text.{ref}") if private else ""
    return number, ref, number, dossier, "private" if private else draw.pick(("team", "team", "team", "resident")), "" if private else words, sealed, at, reached

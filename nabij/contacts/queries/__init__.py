"""Reads of contacts: the one answer to "when was there last real contact", silence, the next date, the texts."""

from .moments import NextDates, next_dates, next_part_of_day, part_of_day, proposed_next, rhythms
from .silence import Silence, last_contact, latest_contact, silence_days, silences, silent_since
from .texts import (
    TextPage,
    contact_of,
    contact_texts,
    cursor_of,
    dossiers_of,
    export_contacts,
    text_of,
    text_of_cursor,
    texts_of,
)

__all__ = [
    "NextDates",
    "Silence",
    "TextPage",
    "contact_of",
    "contact_texts",
    "cursor_of",
    "dossiers_of",
    "export_contacts",
    "last_contact",
    "latest_contact",
    "next_dates",
    "next_part_of_day",
    "part_of_day",
    "proposed_next",
    "rhythms",
    "silence_days",
    "silences",
    "silent_since",
    "text_of",
    "text_of_cursor",
    "texts_of",
]

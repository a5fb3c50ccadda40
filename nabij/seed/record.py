"""The record of who did and saw what over the years: every entry signed as everywhere, every batch sealed."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from nabij.audit.actions import seal_entries
from nabij.audit.models import Entry, Event, Seal
from nabij.audit.proof import SIGNED, values_mac

from .bulk import BATCH, Row, Sheet, Told
from .region import Region, Seat

TABLES = (Entry, Seal)
ON_A_LIST = 22  # dossiers on one page of my day
# Verb, event, weight. What people do most is open a resident's page and look at their list.
DONE = (
    ("desk.resident", Event.READ, 50), ("desk.my_day", Event.READ, 24), ("contacts.record", Event.CREATE, 10), ("residents.search", Event.SEARCH, 6),
    ("casework.plan", Event.READ, 6), ("commitments.set_date", Event.CHANGE, 4),
)  # fmt: skip
WEIGHTS = [weight for _verb, _event, weight in DONE]
LISTS = {"desk.my_day", "residents.search"}


def record(region: Region, told: Told) -> None:
    """Write the entries of all years in the order of time, and a seal over every batch of them."""
    sheet, batch = Sheet(Entry, "id", *SIGNED, "mac"), []
    for number, at, row in _drawn(region):
        batch.append((number, *row))
        if len(batch) == BATCH or number == region.sizes.entries:
            sheet.write(batch)
            seal_entries(at=at)
            told(len(batch))
            batch.clear()


def _drawn(region: Region) -> Iterator[tuple[int, datetime, Row]]:
    draw, total = region.draw, region.sizes.entries
    step, seats = (region.now - region.begin) / total, [seat for found in region.seats.values() for seat in found]
    verbs = draw.rng.choices(DONE, WEIGHTS, k=10_007)  # drawn once: a prime, so that it never falls in step with anything
    for number in range(1, total + 1):
        at = region.begin + step * (number - 1) + timedelta(microseconds=number % 997)
        values = _values(region, seats[int(draw.chance() * len(seats))], verbs[number % len(verbs)], number / total)
        stamp = at.isoformat(timespec="microseconds")
        mac = values_mac([stamp, *values])
        yield number, at, (f"{stamp[:10]} {stamp[11:26]}", *values, mac)


def _values(region: Region, seat: Seat, done: tuple[str, Event, int], share: float) -> list[object]:
    """Draw what an entry says, in the order of the columns that are signed, the moment left out."""
    verb, event, _weight = done
    known, chance = region.known_at(share), region.draw.chance
    one = 1 + int(chance() * known)
    if verb in LISTS:
        first = 1 + int(chance() * max(1, known - ON_A_LIST * 40))
        seen, dossier = [min(first + n * 40, known) for n in range(ON_A_LIST)], None
    else:
        seen, dossier = [one], one
    reads = event in {Event.READ, Event.SEARCH}
    return [
        event.value, verb, "worker", seat.worker, seat.role, seat.organisation, seat.membership, seat.municipality, dossier,
        json.dumps(sorted(set(seen))), "", "", "127.0.0.1", "care" if reads else "", "",
    ]  # fmt: skip

"""Parts of the day, and which date comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nabij.commitments.clock import term_end, working_days_after
from nabij.commitments.models import Commitment
from nabij.commitments.queries import pause_of
from nabij.contacts.models import Contact

DAYS_TO_NEXT = 14  # after real contact, unless this work's own rhythm is known
RHYTHM_DAYS = (7, 56)  # a usual gap outside these bounds is chance, not rhythm
PARTS = (Contact.PartOfDay.MORNING, Contact.PartOfDay.AFTERNOON, Contact.PartOfDay.EVENING)


def part_of_day(*, at: datetime) -> str:
    """Return the part of the day in local time: morning until 12, afternoon until 18, evening after that."""
    hour = timezone.localtime(at).hour
    return PARTS[0] if hour < 12 else PARTS[1] if hour < 18 else PARTS[2]


def rhythms(*, commitment_ids: Iterable[int]) -> dict[int, int]:
    """Return the usual number of days between the latest real contacts on each commitment, where there were three or more."""
    rows = Contact.objects.filter(commitment_id__in=list(commitment_ids), reached=True, withdrawn_at__isnull=True)
    moments: dict[int, list[datetime]] = {}
    for commitment, at in rows.order_by("-happened_at").values_list("commitment_id", "happened_at"):
        moments.setdefault(commitment, []).append(at)
    usual = {pk: (found[0] - found[2]).days // 2 for pk, found in moments.items() if len(found) >= 3}
    return {pk: days for pk, days in usual.items() if RHYTHM_DAYS[0] <= days <= RHYTHM_DAYS[1]}


def proposed_next(*, commitment: Commitment | None, reached: bool, at: datetime, rhythm: int | None = None) -> date | None:
    """Propose the next date; a person decides. After contact: the rhythm of this work, else 14 days. After an attempt: next working day.

    None when there is nothing to date: no commitment, or a closed one. No query, so that a list may ask for every row.
    """
    if commitment is None or not commitment.is_open:
        return None
    day = timezone.localdate(at)
    return term_end(day, days=rhythm or DAYS_TO_NEXT) if reached else working_days_after(day, 1)


def next_part_of_day(*, at: datetime) -> str:
    """Propose another part of the day than this attempt's: in the morning nobody came, so try the afternoon."""
    return PARTS[(PARTS.index(part_of_day(at=at)) + 1) % len(PARTS)]


@dataclass(frozen=True)
class NextDates:
    """The dates a form proposes for one commitment: after contact, after an attempt (and on which part of the day), or none while it rests."""

    reached: date | None
    tried: date | None
    part: str
    resting_until: date | None


def next_dates(*, commitment: Commitment | None, at: datetime) -> NextDates:
    """Return what a form proposes as the next date; two queries."""
    pause = pause_of(commitment=commitment) if commitment else None
    wanted = None if pause else commitment
    rhythm = rhythms(commitment_ids=[commitment.pk]).get(commitment.pk) if wanted else None
    return NextDates(
        reached=proposed_next(commitment=wanted, reached=True, at=at, rhythm=rhythm),
        tried=proposed_next(commitment=wanted, reached=False, at=at),
        part=str(Contact.PartOfDay(next_part_of_day(at=at)).label),
        resting_until=pause.look_again_on if pause else None,
    )

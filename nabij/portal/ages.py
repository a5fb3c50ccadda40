"""Who may hold the code: from 12 the resident too, a representative of a child until 16 (Jeugdwet art. 7.3.8 and further)."""

from calendar import monthrange
from datetime import date

from nabij.residents.models import Representative, Resident

OWN_FROM, CHILD_UNTIL = 12, 16
# Who acts for an adult in all things, by order of a judge or in writing; an administrator of money does not read a plan.
ACTS_FOR = (Representative.Kind.CURATOR, Representative.Kind.MENTOR, Representative.Kind.AUTHORISED)


def reaches(*, resident: Resident, age: int, latest: bool) -> date | None:
    """Return the day on which somebody gets this age: the first or the last day it can be when the birth date is known in part; None: unknown."""
    if not resident.birth_year:
        return None
    month = resident.birth_month or (12 if latest else 1)
    year = resident.birth_year + age
    last = monthrange(year, month)[1]
    return date(year, month, min(resident.birth_day or (last if latest else 1), last))


def may_hold_own(*, resident: Resident, on: date) -> bool:
    """Tell whether the resident can get the code: surely 12, or an age nobody wrote down."""
    from_on = reaches(resident=resident, age=OWN_FROM, latest=True)
    return from_on is None or from_on <= on


def child_until(*, resident: Resident, on: date) -> date | None:
    """Return until which day a representative of this child holds the code; None when the resident is, or may be, 16."""
    until = reaches(resident=resident, age=CHILD_UNTIL, latest=False)
    return until if until and until > on else None


def acts_for_adult(*, resident: Resident, on: date) -> bool:
    """Tell whether somebody is written down who acts for this adult on a day."""
    rows = Representative.objects.filter(dossier__root_id=resident.dossier.root_id, kind__in=ACTS_FOR, from_on__lte=on)
    return any(row.until_on is None or row.until_on >= on for row in rows)

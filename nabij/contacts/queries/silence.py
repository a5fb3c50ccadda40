"""When was there last real contact, and how long has it been quiet since. The one definition; everything else asks here."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from nabij.access.models import Dossier
from nabij.contacts.models import ContactText
from nabij.core.bundles import Bundle, opened
from nabij.core.worded import Numbers, ask, ask_kept, moment
from nabij.residents.models import Away


def last_contact(*, dossier_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when each resident was last really reached; who never was is left out. The one definition of "last contact".

    Reached, not withdrawn, recorded on this dossier or on one merged with it (asks.md 14, 15: derived, never stored by hand).
    """
    return {pk: last for pk, _opened, last, _aways in ask(_quiet, ids=Numbers(dossier_ids)) if last}


class Silence(NamedTuple):
    """How long it has been quiet around one resident. `since`: last real contact, or the start of the dossier when `never`."""

    since: datetime
    never: bool
    days: int


def silences(*, dossier_ids: Iterable[int], on: date) -> dict[int, Silence]:
    """Return the silence around each of these residents on a day, in days; days away (admitted, detained, holiday) do not count.

    Never contacted is measured from the day the dossier was opened: empty is loud. One query for any number of residents.
    """
    found, here = ask_kept(_quiet, ids=Numbers(dossier_ids)), timezone.get_current_timezone()
    begins = {pk: (moment(last or opened), last is None, aways) for pk, opened, last, aways in found}
    return {pk: Silence(since, never, _days_here(since.astimezone(here).date(), on, _periods(aways))) for pk, (since, never, aways) in begins.items()}


def latest_contact() -> Subquery:
    """Return that moment as a column of a dossier, for a query that reads more of it."""
    latest = ContactText.objects.filter(counts=True, dossier__root_id=OuterRef("root_id")).order_by("-happened_at").values("happened_at")
    return Subquery(latest[:1])


def _quiet(*, ids: list[int]) -> "QuerySet[Dossier, tuple[Any, ...]]":
    aways = Bundle(Away.objects.filter(dossier__root_id=OuterRef("root_id")).order_by(), only=("from_on", "until_on"))
    rows = Dossier.objects.filter(pk__in=ids).annotate(last=latest_contact(), aways=aways)
    return rows.values_list("pk", "root__opened_at", "last", "aways")


def _periods(aways: str) -> list[tuple[date, date]]:
    return [(date.fromisoformat(away["from_on"]), date.fromisoformat(away["until_on"])) for away in opened(aways)]


def _days_here(begin: date, end: date, away: list[tuple[date, date]]) -> int:
    """Count the days after `begin` up to and including `end` that lie in no period away."""
    days = max((end - begin).days, 0)
    if not away:
        return days
    free = begin  # days up to here are counted already
    for first, last in sorted(away):
        first, last = max(first, free + timedelta(days=1)), min(last, end)
        if last >= first:
            days -= (last - first).days + 1
            free = last
    return max(days, 0)


def silent_since(*, dossier_ids: Iterable[int]) -> dict[int, datetime]:
    """Return since when each resident was not really reached: the last contact, else the start of the dossier."""
    ids = list(dossier_ids)
    started = dict(Dossier.objects.filter(pk__in=ids).values_list("pk", "root__opened_at"))
    return started | last_contact(dossier_ids=ids)


def silence_days(*, dossier_id: int, on: date) -> int:
    """Return for how many days this resident was not reached, days away left out."""
    return silences(dossier_ids=[dossier_id], on=on)[dossier_id].days

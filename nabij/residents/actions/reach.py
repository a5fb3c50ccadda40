"""How to reach somebody safely, and when they are away."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier
from nabij.core.errors import Refused
from nabij.residents.models import Away, ContactWay

from .steps import PAID, renew_keys, write_way

# Longer than this and silence would be hidden, not paused: then it is written anew.
LONGEST_AWAY = timedelta(days=366)


@action("residents.reach", allow=PAID, on="dossier")
def add_contact_way(*, actor: Actor, at: datetime, dossier: Dossier, **facts: Any) -> ContactWay:
    """Write down a way to reach somebody and what to mind. Preferred is one at most. Raises Refused: nothing to reach them by."""
    way = write_way(actor=actor, at=at, dossier=dossier, **facts)  # which says what the facts are
    renew_keys(actor=actor, at=at, dossier=dossier)
    return way


@action("residents.end_reach", allow=PAID, on="way")
def end_contact_way(*, actor: Actor, at: datetime, way: ContactWay) -> ContactWay:
    """Say that this way does not reach them any more; from tomorrow it is gone from page, rows and search."""
    way.until_on = actor.on - timedelta(days=1)
    way.preferred = False
    raise_version(way)
    way.save(update_fields=["until_on", "preferred", "version"])
    renew_keys(actor=actor, at=at, dossier=way.dossier)
    return way


@action("residents.away", allow=PAID, on="dossier")
def set_away(*, actor: Actor, at: datetime, dossier: Dossier, kind: str, from_on: date, until_on: date) -> Away:
    """Say that somebody is admitted, detained or on holiday until a day: silence is not counted until then.

    Raises Refused: dates that cannot be right, longer than a year, or over another absence.
    """
    if until_on < from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    if until_on < actor.on:
        raise Refused(_("This time has passed already. Choose a last day from today on."), field="until_on")
    if until_on - from_on > LONGEST_AWAY:
        raise Refused(_("Choose a last day within a year. You can write it anew then."), field="until_on")
    if Away.objects.filter(dossier__root_id=dossier.root_id, from_on__lte=until_on, until_on__gte=from_on).exists():
        raise Refused(_("An absence was written down for these days already. End that one first."), field="from_on")
    return Away.objects.create(dossier=dossier, kind=kind, from_on=from_on, until_on=until_on)


@action("residents.end_away", allow=PAID, on="away")
def end_away(*, actor: Actor, at: datetime, away: Away) -> Away:
    """Say that somebody is back today: silence counts again. Raises Refused when it was over already."""
    if away.until_on < actor.on:
        raise Refused(_("This time was over already."))
    yesterday = actor.on - timedelta(days=1)
    away.from_on, away.until_on = min(away.from_on, yesterday), yesterday
    raise_version(away)
    away.save(update_fields=["from_on", "until_on", "version"])
    return away

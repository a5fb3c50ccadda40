"""Change what somebody is called; say who an unknown person is; write down a death."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.core.errors import Refused
from nabij.residents.models import Resident

from .steps import PAID, renew_keys, tidy_person


@action("residents.names", allow=PAID, on="resident")
def change_names(*, actor: Actor, at: datetime, resident: Resident, **person: Any) -> Resident:
    """Change names, birth date, language and how this person reads. Raises Refused: no name left, or a birth date that cannot be."""
    return _write(actor, at, resident, person, known=resident.known)


@action("residents.mark_known", allow=PAID, on="resident")
def mark_known(*, actor: Actor, at: datetime, resident: Resident, **person: Any) -> Resident:
    """Say who this person turned out to be; the dossier and all in it stay. Raises Refused: known already, or no name given."""
    if resident.known:
        raise Refused(_("It is already known who this is. Change the names instead."))
    return _write(actor, at, resident, person, known=True)


@step
def mark_deceased(*, actor: Actor, at: datetime, resident: Resident, on: date) -> Resident:
    """Write down the day somebody died. Raises Refused: a day to come, before the birth, or written down already."""
    if resident.deceased_on:
        raise Refused(_("The death of this person was written down already."))
    if on > actor.on:
        raise Refused(_("This day has not come yet."), field="on")
    if resident.birth_year and on.year < resident.birth_year:
        raise Refused(_("This day lies before the birth."), field="on")
    resident.deceased_on = on
    raise_version(resident)
    resident.save(update_fields=["deceased_on", "version"])
    return resident


def _write(actor: Actor, at: datetime, resident: Resident, person: dict[str, Any], *, known: bool) -> Resident:
    names = ("surname", "call_name", "description", "birth_year", "birth_month", "birth_day")
    whole = {name: getattr(resident, name) for name in names} | person
    whole = tidy_person(actor=actor, at=at, person=whole, known=known)
    for name, value in whole.items():
        setattr(resident, name, value)
    resident.known = known
    raise_version(resident)
    resident.save(update_fields=[*whole, "known", "version"])
    renew_keys(actor=actor, at=at, dossier=resident.dossier)
    return resident

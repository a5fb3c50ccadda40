"""Open a dossier in an emergency, by exact name and birth date."""

from datetime import datetime

from nabij.access.actions import give_emergency_access
from nabij.access.actor import Actor
from nabij.access.doors import action
from nabij.access.models import Dossier, Grant, Role, Scope
from nabij.audit.models import Event
from nabij.core.errors import Absent
from nabij.core.text import plain
from nabij.linkage.birthdays import Birth
from nabij.residents.linkage import born_on
from nabij.residents.models import Knock, Resident

EMERGENCY = {Role.WORKER: Scope.CONTROLLER, Role.LEAD: Scope.CONTROLLER, Role.GGD: Scope.CONTROLLER}


@action("residents.break_glass", event=Event.EMERGENCY, allow=EMERGENCY)
def break_glass(*, actor: Actor, at: datetime, surname: str, birth: Birth, reason: str, call_name: str = "") -> Grant | None:
    """Open the dossier of exactly this person of the own organisation until the end of the next day; it stands on the privacy officer's page.

    The whole surname and the full birth date; the first name when two people share these (twins). None, and written down as well: nobody, more
    than one, another organisation, oneself or somebody one knows: one and the same answer (house, section 4). Who works with a restricted
    dossier is told.
    """
    grant = None
    dossiers = _exactly(actor, surname, birth, call_name)
    if len({dossier.root_id for dossier in dossiers}) == 1:
        try:
            grant = give_emergency_access(actor=actor, at=at, dossier=dossiers[0], reason=reason)
        except Absent:
            pass  # not for this person: as if nobody was found
    held_back = sorted({dossier.root_id for dossier in dossiers if grant and dossier.root.restricted})
    Knock.objects.create(at=at, dossier_ids=held_back)
    return grant


def _exactly(actor: Actor, surname: str, birth: Birth, call_name: str) -> list[Dossier]:
    people = Resident.objects.filter(
        pk__in=[0, *born_on(birth)], dossier__erased_at__isnull=True, birth_year=birth.year, birth_month=birth.month, birth_day=birth.day, dossier__controller_id__in=actor.controller_ids
    ).select_related("dossier__root")
    return [
        person.dossier
        for person in people.order_by("pk")
        if _compact(surname) in _surnames(person) and (not call_name or _compact(call_name) in _first_names(person))
    ]


def _compact(text: str) -> str:
    """Return letters and digits only, in lower case."""
    return plain(text).replace(" ", "")


def _surnames(person: Resident) -> set[str]:
    own, partner = f"{person.prefix} {person.surname}", f"{person.partner_prefix} {person.partner_surname}"
    return {_compact(name) for name in (own, partner, person.surname, person.partner_surname, person.full_surname)}


def _first_names(person: Resident) -> set[str]:
    return {_compact(name) for name in (person.call_name, person.given_names, person.given_names.partition(" ")[0])}

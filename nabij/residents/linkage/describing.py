"""A resident as the engine compares people: only what may be searched."""

from collections.abc import Iterable
from datetime import date

from nabij.linkage import Person, Place
from nabij.residents.models import Address, ContactWay, Resident


def person_of(resident: Resident, addresses: Iterable[Address] = (), ways: Iterable[ContactWay] = (), *, on: date | None = None) -> Person:
    """Return what a resident is found by: names, birth date, running public addresses, telephone and e-mail.

    Nothing of a secret address; of somebody not known yet the words of the description.
    """
    places = [
        Place(address.postcode, address.number, address.street, address.place)
        for address in addresses
        if not address.secret and _runs(address.until_on, on)
    ]
    running = [way for way in ways if _runs(way.until_on, on)]
    first = places[0] if places else Place()
    return Person(
        surname=resident.surname, prefix=resident.prefix, partner_surname=resident.partner_surname, given_names=resident.given_names,
        call_name=resident.call_name, initials=resident.initials, birth_year=resident.birth_year, birth_month=resident.birth_month,
        birth_day=resident.birth_day, postcode=first.postcode, number=first.number, street=first.street, place=first.town,
        phones=tuple(way.value for way in running if way.kind == ContactWay.Kind.PHONE),
        emails=tuple(way.value for way in running if way.kind == ContactWay.Kind.EMAIL),
        more_places=tuple(places[1:]), description="" if resident.known else resident.description,
    )  # fmt: skip


def _runs(until: date | None, on: date | None) -> bool:
    return until is None or on is None or until >= on

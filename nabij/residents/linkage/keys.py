"""The pieces by which a dossier is found. Each begins with a letter that says what it is.

s surname, n given or everyday name, i first initial, w word of a description, d birth date as far as known, y birth year,
p postcode, h postcode and number, a word of the street, g house number, t last nine digits of a telephone number.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from nabij.access.models import Dossier
from nabij.core.text import plain
from nabij.residents.models import Address, ContactWay, Resident, SearchKey
from nabij.residents.naming import SMALL_WORDS
from nabij.residents.reaching import phone_tail


def compact(text: str) -> str:
    """Return letters and digits only, in lower case."""
    return plain(text).replace(" ", "")


def keys_of(resident: Resident, addresses: Iterable[Address], ways: Iterable[ContactWay]) -> set[str]:
    """Return every key of one person. Nothing of a secret address is among them."""
    return {
        key[:80] for key in (*_name_keys(resident), *_birth_keys(resident), *_place_keys(addresses), *_phone_keys(ways))
    }


def refresh_keys(*, dossier: Dossier, on: date) -> None:
    """Write the keys of a dossier anew from what is known of this person today."""
    resident = Resident.objects.filter(pk=dossier.pk).first()
    fresh: set[str] = set()
    if resident is not None:
        running = Q(until_on__isnull=True) | Q(until_on__gte=on)
        addresses = Address.objects.filter(running, dossier=dossier, secret=False)
        ways = ContactWay.objects.filter(running, dossier=dossier, kind=ContactWay.Kind.PHONE)
        fresh = keys_of(resident, addresses, ways)
    known = set(SearchKey.objects.filter(dossier=dossier).values_list("key", flat=True))
    SearchKey.objects.filter(dossier=dossier, key__in=known - fresh).delete()
    SearchKey.objects.bulk_create([SearchKey(dossier=dossier, key=key) for key in sorted(fresh - known)])


def write_first_keys(*, resident: Resident, addresses: list[Address], ways: list[ContactWay], on: date) -> None:
    """Write the keys of somebody who was written down this moment: nothing of it needs to be read back."""
    running = [address for address in addresses if address.until_on is None or address.until_on >= on]
    keys = sorted(keys_of(resident, running, ways))
    SearchKey.objects.bulk_create([SearchKey(dossier_id=resident.pk, key=key) for key in keys])


def _name_keys(resident: Resident) -> Iterable[str]:
    for surname in (resident.surname, resident.partner_surname):
        words = plain(surname).split()
        yield from (f"s:{word}" for word in words if word not in SMALL_WORDS or len(words) == 1)
        if len(words) > 1:
            yield f"s:{''.join(words)}"
    for name in (resident.given_names, resident.call_name):
        yield from (f"n:{word}" for word in plain(name).split())
    first = plain(resident.initials or resident.given_names or resident.call_name)[:1]
    if first:
        yield f"i:{first}"
    if not resident.known:
        yield from (f"w:{word}" for word in plain(resident.description).split() if word not in SMALL_WORDS)


def _birth_keys(resident: Resident) -> Iterable[str]:
    year, month, day = resident.birth_year, resident.birth_month, resident.birth_day
    if year:
        yield f"y:{year}"
        yield f"d:{year}" + (f"{month:02d}" if month else "") + (f"{day:02d}" if day else "")


def _place_keys(addresses: Iterable[Address]) -> Iterable[str]:
    for address in addresses:
        if address.secret:
            continue
        postcode, number = compact(address.postcode), compact(address.number)
        if postcode:
            yield f"p:{postcode}"
        if number:
            yield f"g:{number}"
        if postcode and number:
            yield f"h:{postcode}{number}"
        yield from (f"a:{word}" for word in plain(address.street).split() if word not in SMALL_WORDS)


def _phone_keys(ways: Iterable[ContactWay]) -> Iterable[str]:
    for way in ways:
        tail = phone_tail(way.value)
        if way.kind == ContactWay.Kind.PHONE and tail:
            yield f"t:{tail}"

"""What several actions do: tidy an address, a way to reach, the keys of search."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Dossier, Role, Scope
from nabij.access.queries import neighbourhood_at
from nabij.core.errors import Refused
from nabij.linkage.birthdays import check_birth
from nabij.linkage.naming import split_surname, tidy_initials
from nabij.residents.linkage import renew
from nabij.residents.models import Address, ContactWay
from nabij.residents.reaching import tidy_phone, tidy_postcode

PAID = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}


@step
def write_address(
    *, actor: Actor, at: datetime, dossier: Dossier, from_on: date | None = None, **fields: Any
) -> Address:
    """Write one address, from today when no day is given. Raises Refused: see fill_address."""
    address = Address(dossier=dossier, from_on=from_on or actor.on)
    fill_address(actor=actor, at=at, address=address, **fields)
    address.save(force_insert=True)
    return address


@step
def fill_address(
    *, actor: Actor, at: datetime, address: Address, kind: str = Address.Kind.HOME, street: str = "", number: str = "", postcode: str = "",
    place: str = "", secret: bool = False, from_on: date | None = None, until_on: date | None = None,
) -> Address:  # fmt: skip
    """Fill an address. A secret one goes only into the encrypted column.

    Raises Refused: no place at all, or a postcode or dates that cannot be right.
    """
    postcode = tidy_postcode(postcode)
    address.kind, address.secret, address.until_on = kind, secret, until_on
    address.from_on = from_on or address.from_on
    if until_on and until_on < address.from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    if not (street or number or postcode or place) and kind != Address.Kind.NONE:
        raise Refused(_("Write at least a street, a postcode or a town, or choose no fixed address."), field="street")
    given = Address(street=street.strip(), number=number.strip(), postcode=postcode, place=place.strip())
    public = Address() if secret else given
    address.street, address.number, address.postcode, address.place = (
        public.street,
        public.number,
        public.postcode,
        public.place,
    )
    address.neighbourhood = neighbourhood_at(postcode=public.postcode) if public.postcode else None
    address.secret_text = given.line if secret else ""
    return address


@step
def write_way(
    *,
    actor: Actor,
    at: datetime,
    dossier: Dossier,
    kind: str,
    value: str = "",
    mind: str = "",
    safe: bool = True,
    preferred: bool = False,
) -> ContactWay:
    """Write one way to reach somebody; a number that cannot be read is kept as it was typed."""
    value = tidy_phone(value) if kind == ContactWay.Kind.PHONE else value.strip()
    if not value and kind != ContactWay.Kind.VISIT:
        raise Refused(_("Write the number, the address or the person."), field="value")
    if kind == ContactWay.Kind.EMAIL and "@" not in value:
        raise Refused(_("This is not an e-mail address. It looks like name@example.nl."), field="value")
    if preferred:
        ContactWay.objects.filter(dossier__root_id=dossier.root_id, preferred=True).update(preferred=False)
    return ContactWay.objects.create(dossier=dossier, kind=kind, value=value, mind=mind, safe=safe, preferred=preferred)


@step
def renew_keys(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Write the keys of search anew after any change of name, address or number."""
    renew(dossier=dossier, on=actor.on)


@step
def tidy_person(*, actor: Actor, at: datetime, person: dict[str, Any], known: bool) -> dict[str, Any]:
    """Return the fields of a person, tidied. Raises Refused beside the field that cannot be right."""
    person = {name: value.strip() if isinstance(value, str) else value for name, value in person.items()}
    for prefix, surname in (("prefix", "surname"), ("partner_prefix", "partner_surname")):
        if person.get(surname) and not person.get(prefix):
            person[prefix], person[surname] = split_surname(person[surname])
    if person.get("initials"):
        person["initials"] = tidy_initials(person["initials"])
    if known and not person.get("surname") and not person.get("call_name"):
        raise Refused(
            _("Give a surname or the name used every day. Is nobody sure who it is? Then choose: not known yet."),
            field="surname",
        )
    if not known and not person.get("description"):
        raise Refused(_("Describe the person, so that a colleague knows who is meant."), field="description")
    check_birth(
        year=person.get("birth_year"), month=person.get("birth_month"), day=person.get("birth_day"), on=actor.on
    )
    return person

"""From the words of one row to what the actions ask: the person, where, who answers for it, what is next."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nabij.access.models import Membership, Role
from nabij.core.errors import Refused
from nabij.core.text import plain
from nabij.linkage.birthdays import check_birth, take_date
from nabij.linkage.naming import split_surname, tidy_initials
from nabij.residents.reaching import tidy_postcode

PERSON = ("initials", "given_names", "call_name", "prefix", "surname", "partner_prefix", "partner_surname")
PLACE = ("street", "number", "postcode", "place")
YES, NO = {"ja", "j", "yes", "y", "x", "1", "waar", "true"}, {"", "nee", "n", "no", "0", "onwaar", "false"}
ANSWERS = {Role.WORKER, Role.LEAD, Role.GGD, Role.VOLUNTEER, Role.YOUTH_WORKER}
EARLIEST = date(2000, 1, 1)
Birth = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Intake:
    """One resident to be taken over."""

    owner: Membership
    person: dict[str, Any]
    birth: Birth
    address: dict[str, Any] | None
    phone: str
    question: str
    next_on: date | None
    other_number: tuple[str, str] | None

    @property
    def key(self) -> tuple[object, ...] | None:
        """Return by what the same person is recognised: name, birth date as far as known, address. A name alone is nobody: None."""
        person = {**dict.fromkeys(PERSON, ""), **self.person}
        return person_key(person, self.birth, self.address or {})


def person_key(person: dict[str, Any], birth: Birth, address: dict[str, Any]) -> tuple[object, ...] | None:
    """Return the same key however capitals, accents, spaces and dots were typed. Of a secret address only that it is secret."""
    surname = plain(f"{person['prefix']} {person['surname']} {person['partner_surname']}")
    first = plain(person["call_name"] or person["given_names"] or person["initials"])
    place = (
        "secret"
        if address.get("secret")
        else plain(f"{address.get('postcode', '')}{address.get('number', '')}").replace(" ", "")
    )
    return (surname, first, birth, place) if birth[0] or place else None


def read_intake(*, fields: dict[str, str], people: dict[str, list[Membership]], on: date) -> Intake:
    """Read one row. Raises Refused with the reason, in the reader's language, beside the column it is about."""
    person = {name: fields.get(name, "") for name in PERSON if fields.get(name)}
    if not (person.get("surname") or person.get("call_name")):
        raise Refused(_("There is no name: fill in achternaam or roepnaam."), field="surname")
    for prefix, surname in (("prefix", "surname"), ("partner_prefix", "partner_surname")):
        if person.get(surname) and not person.get(prefix):
            person[prefix], person[surname] = split_surname(person[surname])
    if person.get("initials"):
        person["initials"] = tidy_initials(person["initials"])
    intake = Intake(
        owner=_owner(fields, people),
        person=person,
        birth=_birth(fields.get("birth", ""), on),
        address=_address(fields),
        phone=fields.get("phone", ""),
        question=fields.get("question", ""),
        next_on=_next_on(fields.get("next_on", ""), on),
        other_number=_other_number(fields),
    )
    if intake.key is None and intake.other_number is None:
        raise Refused(
            _("A name alone is not enough to recognise somebody. Fill in a birth date, a postcode or a case number."),
            field="birth",
        )
    return intake


def _owner(fields: dict[str, str], people: dict[str, list[Membership]]) -> Membership:
    email, team = fields.get("worker", "").casefold(), plain(fields.get("team", ""))
    if not email:
        raise Refused(
            _("There is no medewerker: fill in the e-mail address of who answers for this resident."), field="worker"
        )
    places = [m for m in people.get(email, []) if not team or plain(m.team.name) == team]
    if not people.get(email):
        raise Refused(
            _("Nobody with the address %(email)s works here now. Make the log-in first, or correct the address.")
            % {"email": email},
            field="worker",
        )
    if not places:
        raise Refused(
            _("%(email)s does not work in the team %(team)s.") % {"email": email, "team": fields["team"]}, field="team"
        )
    able = [m for m in places if m.role in ANSWERS]
    if not able:
        raise Refused(
            _("%(email)s has a role that does not answer for residents. Choose a colleague.") % {"email": email},
            field="worker",
        )
    if len({m.team_id for m in able}) > 1:
        raise Refused(_("%(email)s works in several teams. Fill in the column team.") % {"email": email}, field="team")
    return able[0]


def _birth(typed: str, on: date) -> Birth:
    """Read a birth date, whole or in part: 4-7-1951, 00-07-1951, 7-1951, 1951."""
    if not typed:
        return None, None, None
    bare = re.sub(r"^(?:0{1,2}[-/. ]){1,2}", "", typed.split("T")[0].removesuffix(" 00:00:00").strip())
    if re.fullmatch(r"\d{4}", bare):
        parts: Birth = (int(bare), None, None)
    else:
        found, rest = take_date(bare)
        if found is None or rest.strip():
            raise Refused(
                _("The birth date %(typed)s cannot be read. Write 4-7-1951, 7-1951 or 1951.") % {"typed": typed},
                field="birth",
            )
        parts = (found.year, found.month, found.day)
    check_birth(year=parts[0], month=parts[1], day=parts[2], on=on)
    return parts


def _address(fields: dict[str, str]) -> dict[str, Any] | None:
    place = {name: fields[name] for name in PLACE if fields.get(name)}
    secret = fields.get("secret", "").casefold()
    if secret not in YES | NO:
        raise Refused(
            _("Write ja or nee under geheim adres, not %(typed)s.") % {"typed": fields["secret"]}, field="secret"
        )
    if not place:
        return None
    if "postcode" in place:
        place["postcode"] = tidy_postcode(place["postcode"])
    return {**place, "secret": secret in YES}


def _next_on(typed: str, on: date) -> date | None:
    if not typed:
        return None
    found, rest = take_date(typed.split("T")[0].removesuffix(" 00:00:00"))
    if found is None or rest.strip() or not (found.month and found.day):
        raise Refused(
            _("The next date %(typed)s cannot be read. Write 31-12-2026.") % {"typed": typed}, field="next_on"
        )
    wanted = date(found.year, found.month, found.day)
    if wanted < on:
        raise Refused(
            _("The next date %(typed)s has passed. Choose today or later, or leave it empty.") % {"typed": typed},
            field="next_on",
        )
    return wanted


def _other_number(fields: dict[str, str]) -> tuple[str, str] | None:
    number, system = fields.get("case_number", ""), fields.get("system", "")
    if not number:
        return None
    return (system or _("other system"))[:60], number[:60]

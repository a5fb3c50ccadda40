"""Somebody who was erased does not come back by a file."""

from django.utils.translation import gettext as _

from nabij.core.errors import Refused
from nabij.duplicates.queries import erased_before
from nabij.linkage import Person

from .rows import PERSON, Intake


def refuse_erased(*, intake: Intake) -> None:
    """Refuse a row about somebody who was erased in this organisation: known by a keyed hash only (asks.md 23). Raises Refused."""
    said, place = {**dict.fromkeys(PERSON, ""), **intake.person}, intake.address or {}
    year, month, day = intake.birth
    person = Person(
        surname=said["surname"], prefix=said["prefix"], partner_surname=said["partner_surname"], given_names=said["given_names"],
        call_name=said["call_name"], initials=said["initials"], birth_year=year, birth_month=month, birth_day=day,
        postcode=place.get("postcode", ""), number=place.get("number", ""),
    )  # fmt: skip
    numbers = [list(intake.other_number)] if intake.other_number else []
    gone = erased_before(controller_id=intake.owner.team.controller_id, person=person, numbers=numbers)
    if gone:
        raise Refused(
            _("This person was erased here on %(day)s and is not written down again by a file. Does this person ask for help anew? Write them down by hand.")
            % {"day": f"{gone:%d-%m-%Y}"}
        )

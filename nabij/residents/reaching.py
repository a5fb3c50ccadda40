"""Postcodes and telephone numbers: tidy what can be read, keep what cannot."""

import phonenumbers
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NotValid
from stdnum.nl import postcode as nl_postcode

from nabij.core.errors import Refused


def tidy_postcode(typed: str) -> str:
    """Return a Dutch postcode as `1441 AB`; nothing stays nothing. Raises Refused when it is no Dutch postcode."""
    if not typed.strip():
        return ""
    try:
        return nl_postcode.validate(typed.upper())
    except NotValid:
        raise Refused(
            _(
                "This is not a Dutch postcode. Write it as 1441 AB. For an address abroad, leave it empty and write it under Town."
            ),
            field="postcode",
        ) from None


def tidy_phone(typed: str) -> str:
    """Return a number as people read it aloud (`06 12345678`, abroad `+32 …`); what is no number stays as it was typed."""
    number = _number(typed)
    if number is None:
        return typed.strip()
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if number.country_code == 31 else style.INTERNATIONAL)


def is_phone(typed: str) -> bool:
    """Tell whether this can be called."""
    return _number(typed) is not None


def _number(typed: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(typed, "NL")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None

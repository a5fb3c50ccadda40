"""One row of a partner: is it right, and if not, all that is wrong with it at once. Pure: no database, no clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from nabij.core.crypto import sign
from nabij.core.text import plain

from .columns import NAMES
from .models import Debt
from .terms import OLDEST_DAYS

# code: what is wrong and what to do. `%(detail)s` is a column or a line, never what stood in the cell.
REASONS: dict[str, Any] = {
    "quote": _("A quotation mark is opened and not closed. Take it out, or close it."),
    "cells": _("This line has another number of columns than the first line (%(detail)s). Look for a separator too many or too few."),
    "unreadable": _("There are characters in it that cannot be read, in column %(detail)s. Save the file as UTF-8."),
    "too_long": _("The text in column %(detail)s is too long."),
    "partner_other": _("The row is of another partner than the one you chose."),
    "no_reference": _("The partner's reference is missing."),
    "no_name": _("The name is missing."),
    "birth_form": _("The birth date is not a date. Write it like 31-12-1980."),
    "birth_range": _("The birth date cannot be right: it lies in the future, or more than 120 years ago."),
    "no_address": _("Postcode and house number are missing: nobody can be found without them."),
    "postcode_form": _("The postcode is not a Dutch postcode. Write it like 1441 AB."),
    "number_form": _("The house number is not a number. Write it like 12 or 12a."),
    "phone_form": _("The telephone number has too few or too many digits, or letters in it."),
    "email_form": _("The e-mail address is not an address."),
    "no_amount": _("The amount is missing."),
    "amount_form": _("The amount is not an amount. Write it like 312,50."),
    "amount_range": _("The amount must be more than 0 and less than 1.000.000 euros."),
    "no_signalled": _("The day on which it was reported is missing."),
    "signalled_form": _("The day on which it was reported is not a date. Write it like 01-11-2026."),
    "signalled_future": _("The day on which it was reported lies in the future."),
    "signalled_old": _("It was reported more than a year ago. Ask the partner for the situation of today."),
    "arisen_form": _("The day since which it exists is not a date. Write it like 01-06-2026."),
    "arisen_after": _("It cannot have arisen after it was reported."),
    "threat_form": _("Write ja, nee, ontruiming, afsluiting or zorgverzekering in the column about crisis."),
    "warm_form": _("Write ja or nee in the column about warm contact."),
    "double": _("The same reference and day stand on line %(detail)s of this file."),
    "not_placed": _("No team can take this up yet. Name a front-door team with a lead, then take the file in again."),
}
LIMITS = {
    "reference": 60, "surname": 100, "given_names": 100, "street": 120, "number": 12, "place": 80, "email": 254, "partner": 120,
}  # fmt: skip
DAYS = (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"), re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"), re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)"))
POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}", re.ASCII)
NUMBER = re.compile(r"[1-9]\d{0,4}[ -]?[A-Za-z0-9 /-]{0,6}", re.ASCII)
PHONE = re.compile(r"\+?\d{9,15}", re.ASCII)
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffd]")
LAST_NUMBER = re.compile(r"(?P<street>.*\D)\s+(?P<number>\d{1,5}\s?[A-Za-z]?(?:[-/ ]\w{1,4})?)")
YES, NO = {"ja", "j", "yes", "y", "1", "true", "waar", "x"}, {"", "nee", "n", "no", "0", "false", "onwaar"}
THREATS = {
    "ontruiming": "eviction", "eviction": "eviction", "afsluiting": "cut_off", "cut off": "cut_off", "cut_off": "cut_off",
    "zorgverzekering": "insurance", "opzegging zorgverzekering": "insurance", "insurance": "insurance",
}  # fmt: skip
OWN_THREAT = {"landlord": "eviction", "energy": "cut_off", "water": "cut_off", "insurer": "insurance"}
Reason = tuple[str, str]


@dataclass(frozen=True)
class Checked:
    """One row: its facts when it is good, else all reasons why not."""

    line: int
    facts: dict[str, Any]
    reasons: tuple[Reason, ...]
    digest: str = ""

    @property
    def is_good(self) -> bool:
        return not self.reasons


def told(reason: Reason | list[str]) -> str:
    """Return a reason in the reader's language."""
    return str(REASONS[reason[0]]) % {"detail": NAMES.get(reason[1], (reason[1],))[0]}


def check_row(*, line: int, cells: Mapping[str, str], partner: str, kind: str, on: date) -> Checked:
    """Return the row with its facts, or with everything that is wrong. `kind`: of the partner, which says what a bare "ja" threatens."""
    reasons: list[Reason] = []
    given = {name: " ".join(cells.get(name, "").split()) for name in (*LIMITS, "postcode", "phone", "amount", "birth_on", "arisen_on", "signalled_on", "threat", "warm_contact")}
    for name, text in given.items():
        if BAD.search(cells.get(name, "")):
            reasons.append(("unreadable", name))
        if len(text) > LIMITS.get(name, 40):
            reasons.append(("too_long", name))
    if given["partner"] and plain(given["partner"]) != plain(partner):
        reasons.append(("partner_other", ""))
    facts = _who(given, reasons) | _where(given, reasons) | _days(given, reasons, on) | _rest(given, reasons, kind)
    return Checked(line, facts, tuple(reasons), key_of(facts["reference"], facts["signalled_on"]) if not reasons else "")


def key_of(reference: str, signalled_on: date) -> str:
    """Return the keyed fingerprint by which a row of a partner comes in once."""
    return sign(f"{plain(reference)}|{reference.casefold()}|{signalled_on.isoformat()}".encode("utf-8", "replace"), purpose="debt")


def _who(given: dict[str, str], reasons: list[Reason]) -> dict[str, Any]:
    if not given["reference"]:
        reasons.append(("no_reference", ""))
    if not plain(given["surname"]):
        reasons.append(("no_name", ""))
    phone = re.sub(r"[\s().-]", "", given["phone"])
    if phone and not PHONE.fullmatch(phone):
        reasons.append(("phone_form", ""))
    if given["email"]:
        try:
            validate_email(given["email"])
        except ValidationError:
            reasons.append(("email_form", ""))
    return {name: given[name] for name in ("reference", "surname", "given_names", "email")} | {"phone": phone}


def _where(given: dict[str, str], reasons: list[Reason]) -> dict[str, Any]:
    street, number, postcode = given["street"], given["number"], given["postcode"].replace(" ", "").upper()
    found = LAST_NUMBER.fullmatch(street)
    if not number and found:  # the number stands behind the street
        street, number = found["street"].strip(), found["number"].strip()
    if not (postcode and number):
        reasons.append(("no_address", ""))
    if postcode and not POSTCODE.fullmatch(postcode):
        reasons.append(("postcode_form", ""))
    if number and not NUMBER.fullmatch(number):
        reasons.append(("number_form", ""))
    return {"street": street, "number": number, "postcode": postcode, "place": given["place"]}


def _day(text: str) -> date | None:
    for form in DAYS:
        found = form.fullmatch(text)
        if found and text.isascii():
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def _days(given: dict[str, str], reasons: list[Reason], on: date) -> dict[str, Any]:
    birth, arisen, signalled = (_day(given[name]) for name in ("birth_on", "arisen_on", "signalled_on"))
    if given["birth_on"] and birth is None:
        reasons.append(("birth_form", ""))
    if birth and not on.replace(year=on.year - 120, day=1) <= birth <= on:
        reasons.append(("birth_range", ""))
    if not given["signalled_on"]:
        reasons.append(("no_signalled", ""))
    elif signalled is None:
        reasons.append(("signalled_form", ""))
    elif signalled > on:
        reasons.append(("signalled_future", ""))
    elif signalled < on - timedelta(days=OLDEST_DAYS):
        reasons.append(("signalled_old", ""))
    if given["arisen_on"] and arisen is None:
        reasons.append(("arisen_form", ""))
    if arisen and signalled and arisen > signalled:
        reasons.append(("arisen_after", ""))
    return {"birth_on": birth, "arisen_on": arisen, "signalled_on": signalled}


def amount_of(text: str) -> Decimal | None:
    """Return an amount as people write it: 1.234,56 or 1234.56, with or without a euro sign."""
    bare = re.sub(r"(?i)[\s€]|eur|,-$", "", text)
    if bare.rfind(".") > bare.rfind(",") >= 0:  # 1,234.56
        bare = bare.replace(",", "")
    elif "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+", bare):
        bare = bare.replace(".", "")
    try:
        return Decimal(bare).quantize(Decimal("0.01")) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", bare, re.ASCII) else None
    except InvalidOperation:
        return None


def _rest(given: dict[str, str], reasons: list[Reason], kind: str) -> dict[str, Any]:
    amount = amount_of(given["amount"]) if given["amount"] else None
    if not given["amount"]:
        reasons.append(("no_amount", ""))
    elif amount is None:
        reasons.append(("amount_form", ""))
    elif not 0 < amount < 1_000_000:
        reasons.append(("amount_range", ""))
    word, warm = plain(given["threat"]), plain(given["warm_contact"])
    threat = "" if word in NO else OWN_THREAT.get(kind, Debt.Threat.CUT_OFF) if word in YES else THREATS.get(word)
    if threat is None:
        reasons.append(("threat_form", ""))
    if warm not in YES | NO:
        reasons.append(("warm_form", ""))
    return {"amount": amount, "threat": str(threat or ""), "warm_contact": warm in YES}

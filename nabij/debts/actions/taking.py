"""One good row becomes a signal with its legal term, in one transaction with its receipt."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.agreements import agreements_of
from nabij.access.doors import PARTNER, Scope, action
from nabij.audit.models import Event
from nabij.core.worded import records
from nabij.debts.models import Debt, DebtFile
from nabij.debts.rows import Checked
from nabij.debts.terms import BASIS, first_talk_by, urgency_of
from nabij.partners.models import Partner
from nabij.signals.actions import receive_signal
from nabij.signals.models import Signal

from .filing import WORKS


@action("debts.take_row", allow={**WORKS, PARTNER: Scope.OWN}, on="file", event=Event.CREATE)
def take_row(*, actor: Actor, at: datetime, partner: Partner, row: Checked, file: DebtFile | None = None) -> Debt:
    """Take one good row in: a signal with an owner, a date and the term of the first talk (Wgs art. 4), counted from today.

    A row with the same reference and day of this partner gives the arrear that is there. Raises Refused when no team can take it up.
    """
    before = records(_taken, partner_id=partner.pk, digest=row.digest)
    if before:
        return before[0]
    facts, threat = row.facts, bool(row.facts["threat"])
    who = " ".join(part for part in (facts["given_names"], facts["surname"]) if part)
    address = f"{facts['street']} {facts['number']}, {facts['postcode']} {facts['place']}".strip(" ,")
    # a partner whose arrears go to one team names it; else the place decides
    place = {"team": partner.team} if partner.team else {"postcode": facts["postcode"]}
    signal = receive_signal(
        actor=actor, at=at, channel=Signal.Channel.DEBT, about=Signal.About.PERSON, who=who, words=_words(facts, partner, address),
        municipality=partner.municipality, urgency=urgency_of(threat=threat), source_key=f"debt:{partner.pk}:{row.digest}"[:80],
        term_at=first_talk_by(on=localdate(at), threat=threat, agreed=agreements_of(municipality=partner.municipality)), **place,
    ).signal  # fmt: skip
    return Debt.objects.create(signal=signal, partner=partner, file=file, line=row.line if file else None, digest=row.digest, basis=BASIS, **facts)


def _taken(*, partner_id: int, digest: str) -> "QuerySet[Debt]":
    return Debt.objects.filter(partner_id=partner_id, digest=digest)


def _words(facts: dict[str, Any], partner: Partner, address: str) -> str:
    """Return what a colleague reads on the signal, in the house's language."""
    with translation.override(settings.LANGUAGE_CODE):
        amount = f"{facts['amount']:,.2f}".translate(str.maketrans(",.", ".,"))
        told = [_("%(partner)s reports arrears of € %(amount)s.") % {"partner": partner.name, "amount": amount}]
        if facts["arisen_on"]:
            told.append(_("They exist since %(day)s.") % {"day": f"{facts['arisen_on']:%d-%m-%Y}"})
        if facts["threat"]:
            told.append(_("This threatens: %(threat)s.") % {"threat": Debt.Threat(facts["threat"]).label})
        if facts["warm_contact"]:
            told.append(_("The partner is already in contact with this resident."))
        told.append(_("Address: %(address)s.") % {"address": address})
        told += [facts["phone"]] if facts["phone"] else []
        return " ".join(told)


@action("debts.take_batch", allow={PARTNER: Scope.OWN}, event=Event.CREATE)
def take_batch(*, actor: Actor, at: datetime, partner: Partner, rows: list[Checked]) -> list[tuple[Checked, Debt | None, bool]]:
    """Take the good rows of one sending by the API in; return each row with its arrear (None: refused) and whether it was known."""
    keys = [row.digest for row in rows if row.is_good]
    known = set(Debt.objects.filter(partner=partner, digest__in=keys).values_list("digest", flat=True))
    done: list[tuple[Checked, Debt | None, bool]] = []
    for row in rows:
        debt = take_row(actor=actor, at=at, partner=partner, row=row) if row.is_good else None
        done.append((row, debt, row.digest in known))
        known.add(row.digest)
    return done

"""Empty arrears when their keeping time is over; the anonymous row stays, so that it does not come in again."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import Dossier
from nabij.audit.models import Event
from nabij.debts.models import Debt, DebtFile
from nabij.papers.actions import erase_paper
from nabij.signals.actions import erase_signal
from nabij.signals.terms import ERASED

TEXTS = ("reference", "surname", "given_names", "street", "number", "postcode", "place", "phone", "email")


def _empty(debt: Debt, at: datetime) -> None:
    for name in TEXTS:
        setattr(debt, name, "")
    debt.birth_on, debt.arisen_on, debt.erased_at = None, None, at
    raise_version(debt)
    debt.save()
    debt.attempts.update(words="")


@step
def erase_debts(*, actor: Actor, at: datetime, dossier: Dossier) -> int:
    """Empty every arrear of a resident; return how many. The words of the signal itself are emptied with the signal."""
    rows = list(Debt.objects.filter(signal__commitment__dossier=dossier, erased_at__isnull=True))
    for debt in rows:
        _empty(debt, at)
    return len(rows)


@action("debts.empty", allow={}, on="debt", event=Event.REMOVE)
def empty_debt(*, actor: Actor, at: datetime, debt: Debt) -> Debt:
    """Empty one arrear whose keeping time is over (terms of debts), with the words of its signal."""
    _empty(debt, at)
    if debt.signal.words != ERASED:
        erase_signal(actor=actor, at=at, signal=debt.signal)
    return debt


@action("debts.empty_file", allow={}, on="file", event=Event.REMOVE)
def empty_file(*, actor: Actor, at: datetime, file: DebtFile) -> DebtFile:
    """Take the bytes of an old file away; how many rows it had stays."""
    erase_paper(actor=actor, at=at, paper=file.paper)
    return file

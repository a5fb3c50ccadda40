"""What people do with the number: write it down, take it away."""

from datetime import datetime

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NotValid
from stdnum.nl import bsn as elfproef

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version, step
from nabij.access.models import Dossier, Role, Scope
from nabij.core.errors import Absent, Refused

from .models import CitizenNumber
from .queries import fingerprint_of

RECORDS = {Role.WORKER: Scope.TEAM, Role.LEAD: Scope.TEAM, Role.GGD: Scope.OWN}


@action("bsn.number", allow=RECORDS, on="dossier")
def record_number(*, actor: Actor, at: datetime, dossier: Dossier, number: str) -> CitizenNumber:
    """Write down or correct a resident's citizen service number, checked by the 11-test.

    Wabb art. 10: only an organisation that may process it. Raises Absent: this one may not. Raises Refused: it fails the 11-test.
    """
    if not dossier.controller.may_process_bsn:
        raise Absent
    try:
        tidy = elfproef.validate(number)
    except NotValid:
        raise Refused(_("This is not a citizen service number: one of the digits is wrong. Look at the document again."), field="number") from None
    kept = CitizenNumber.objects.filter(dossier=dossier).first() or CitizenNumber(dossier=dossier)
    fresh = kept._state.adding
    kept.number, kept.fingerprint, kept.recorded_at = tidy, fingerprint_of(number=tidy, controller_id=dossier.controller_id), at
    if not fresh:
        raise_version(kept)
    kept.save(force_insert=fresh)
    return kept


@action("bsn.remove", allow=RECORDS, on="dossier")
def remove_number(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Take the number out of a dossier: it was somebody else's, or is not needed. Raises nothing when there is none."""
    CitizenNumber.objects.filter(dossier=dossier).delete()


@step
def erase_numbers(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Take the number away for good."""
    CitizenNumber.objects.filter(dossier=dossier).delete()

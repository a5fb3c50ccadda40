"""Who may decide for somebody else, from when until when."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from nabij.access.actor import Actor
from nabij.access.doors import action, raise_version
from nabij.access.models import Dossier
from nabij.core.errors import Refused
from nabij.linkage.birthdays import age_on
from nabij.residents.models import ParentalAuthority, Representative, Resident
from nabij.residents.reaching import tidy_phone

from .steps import PAID

ADULT = 18  # BW 1:233


@action("residents.authority", allow=PAID, on="dossier")
def add_authority(
    *,
    actor: Actor,
    at: datetime,
    dossier: Dossier,
    from_on: date,
    holder_name: str = "",
    holder: Dossier | None = None,
    guardian: bool = False,
) -> ParentalAuthority:
    """Write down who has parental authority over this child (BW 1:245). Raises Refused: no name, or the child is 18 or older."""
    if not holder_name.strip() and holder is None:
        raise Refused(_("Write down who has the authority."), field="holder_name")
    child = Resident.objects.get(pk=dossier.pk)
    age = age_on(year=child.birth_year, month=child.birth_month, day=child.birth_day, on=actor.on)
    if age is not None and age >= ADULT:
        raise Refused(
            _("This person is 18 or older and decides alone. Somebody who acts for an adult is a representative.")
        )
    return ParentalAuthority.objects.create(
        dossier=dossier, holder=holder, holder_name=holder_name.strip(), guardian=guardian, from_on=from_on
    )


@action("residents.end_authority", allow=PAID, on="authority")
def end_authority(*, actor: Actor, at: datetime, authority: ParentalAuthority, until_on: date) -> ParentalAuthority:
    """Say until when somebody had the authority. Raises Refused: a day before it began."""
    return _end(authority, until_on)


@action("residents.representative", allow=PAID, on="dossier")
def add_representative(
    *,
    actor: Actor,
    at: datetime,
    dossier: Dossier,
    kind: str,
    name: str,
    from_on: date,
    organisation: str = "",
    phone: str = "",
) -> Representative:
    """Write down who acts for this adult and in which form (BW 1:378, 1:431, 1:450). Raises Refused: no name."""
    if not name.strip():
        raise Refused(_("Write down who acts for this person."), field="name")
    return Representative.objects.create(
        dossier=dossier,
        kind=kind,
        name=name.strip(),
        organisation=organisation.strip(),
        phone=tidy_phone(phone),
        from_on=from_on,
    )


@action("residents.end_representative", allow=PAID, on="representative")
def end_representative(*, actor: Actor, at: datetime, representative: Representative, until_on: date) -> Representative:
    """Say until when somebody acted for this person. Raises Refused: a day before it began."""
    return _end(representative, until_on)


def _end(row: ParentalAuthority | Representative, until_on: date) -> ParentalAuthority | Representative:
    if until_on < row.from_on:
        raise Refused(_("The last day lies before the first day."), field="until_on")
    row.until_on = until_on
    raise_version(row)
    row.save(update_fields=["until_on", "version"])
    return row

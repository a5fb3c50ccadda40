"""Empty what says who somebody was; the empty rows stay."""

from datetime import datetime

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Dossier
from nabij.residents.linkage import forget
from nabij.residents.models import (
    Address,
    Away,
    ContactWay,
    ParentalAuthority,
    Representative,
    Resident,
    SafetyNote,
)

NOTHING = "—"  # where the database asks for a word


@step
def erase_residents(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Empty names, birth date, addresses, ways, notes, who decides, and the keys of search of one dossier. The rows stay, without a trace."""
    Resident.objects.filter(pk=dossier.pk).update(
        known=False, description=NOTHING, initials="", given_names="", call_name="", prefix="", surname="", partner_prefix="",
        partner_surname="", birth_year=None, birth_month=None, birth_day=None, language="", deceased_on=None, other_numbers=[],
    )  # fmt: skip
    here = {"dossier": dossier}
    Address.objects.filter(**here).update(
        street="", number="", postcode="", place="", neighbourhood=None, secret_text=""
    )
    ContactWay.objects.filter(**here).update(value="", mind="")
    SafetyNote.objects.filter(**here).update(fact="", what_to_do=NOTHING, ended_at=at)
    ParentalAuthority.objects.filter(**here).update(holder_name="", holder=None)
    ParentalAuthority.objects.filter(holder=dossier).update(holder=None)
    Representative.objects.filter(**here).update(name="", organisation="", phone="")
    Away.objects.filter(**here).delete()
    forget(dossier=dossier)

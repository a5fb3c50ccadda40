"""Erase what stands here about somebody, and leave the mark that they were erased."""

from datetime import datetime

from django.db.models import Q

from nabij.access.actor import Actor
from nabij.access.doors import step
from nabij.access.models import Dossier
from nabij.bsn.models import CitizenNumber
from nabij.duplicates.gone import marks_of
from nabij.duplicates.models import Gone, Merge, Pair
from nabij.residents.linkage import person_of
from nabij.residents.models import Address, Resident

NOTHING = "—"  # where the database asks for a word


@step
def erase_duplicates(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Take away the pairs and the values kept for undoing; write down by keyed hash that this person was erased (asks.md 23).

    Runs while names still stand: upper rooms are emptied first.
    """
    resident = Resident.objects.filter(pk=dossier.pk, known=True).first()
    if resident is not None:
        person = person_of(resident, Address.objects.filter(dossier=dossier, secret=False).order_by("pk"))
        number = CitizenNumber.objects.filter(dossier=dossier).first()
        marks = marks_of(
            person, controller_id=dossier.controller_id, numbers=resident.other_numbers, fingerprint=number.fingerprint if number else ""
        )
        rows = [Gone(controller_id=dossier.controller_id, mark=mark, erased_on=actor.on) for mark in marks]
        Gone.objects.bulk_create(rows, ignore_conflicts=True)
    Pair.objects.filter(Q(one=dossier) | Q(two=dossier)).delete()
    Merge.objects.filter(Q(kept=dossier) | Q(other=dossier)).update(before={}, choices={}, reason=NOTHING)

"""The number, apart from the person."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from nabij.access.models import Dossier, opened_by
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class CitizenNumbers(models.QuerySet["CitizenNumber"]):
    """The guard: visible when the dossier is."""

    def visible_to(self, actor: "Actor") -> "CitizenNumbers":
        return self.filter(opened_by(actor))


class CitizenNumber(Base):
    """A resident's citizen service number (Dutch: burgerservicenummer, BSN).

    `number` stands only encrypted; `fingerprint` is a keyed hash per organisation, by which the same number is found again and nothing else:
    fingerprints of two organisations cannot be laid side by side.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, primary_key=True, related_name="citizen_number")
    number = EncryptedTextField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    recorded_at = models.DateTimeField()

    objects = CitizenNumbers.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number="") & ~Q(fingerprint=""), name="citizen_number_whole")]

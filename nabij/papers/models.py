"""The paper."""

from django.db import models

from nabij.access.models import Dossier, Team
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base


class Paper(Base):
    """One stored file (Dutch: bestand). The bytes lie encrypted under `ref` in the papers folder; the name is encrypted too."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    name = EncryptedTextField()
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes, to prove that nothing was lost
    kept_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

"""The draft."""

from django.db import models

from nabij.access.models import Worker
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base


class Draft(Base):
    """What one worker typed in one form and did not send yet (Dutch: concept). `data`: JSON of the fields, encrypted."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=80)
    data = EncryptedTextField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "key"], name="one_draft_per_form")]

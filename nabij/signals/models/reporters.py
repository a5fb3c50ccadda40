"""Who reported: kept apart, encrypted, never on a resident's page, letter, export or partner's view without their yes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base

from .signals import Signal


class Reporter(Base):
    """Who raised the worry, and what may be done with that knowledge (Dutch: melder)."""

    class Openness(models.TextChoices):
        OPEN = "open", _("You may tell who reported this")
        KNOWN = "known", _("Known only to us")
        ANONYMOUS = "anonymous", _("Anonymous")

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="reporter")
    openness = models.CharField(max_length=10, choices=Openness.choices, default=Openness.KNOWN)
    name = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    email = EncryptedTextField(blank=True, default="")
    relation = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    call_back = models.BooleanField(default=False)
    # Whether there is any way to reach them, known without opening the encrypted columns.
    can_mail = models.BooleanField(default=False)
    can_call = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(openness="anonymous") | Q(can_mail=False, can_call=False), name="anonymous_cannot_be_reached")
        ]

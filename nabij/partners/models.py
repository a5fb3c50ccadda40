"""Partners, their keys to the API, and what they sent."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Municipality, Team, Worker
from nabij.core.models import Base


class Partner(Base):
    """An organisation that sends us signals, in a file or by the API (Dutch: partner).

    `purpose` and `basis`: why it may send what, as agreed. `team`: who takes its signals up; without one the place decides.
    """

    class Kind(models.TextChoices):
        LANDLORD = "landlord", _("Landlord")
        ENERGY = "energy", _("Energy company")
        WATER = "water", _("Water company")
        HEALTH_INSURER = "insurer", _("Health insurer")
        CARE = "care", _("Care or welfare")
        OTHER = "other", _("Other")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="partners")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    may_signals = models.BooleanField(default=False)
    may_debts = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], condition=Q(ended_at__isnull=True), name="partner_named_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose="") & ~Q(basis=""), name="partner_has_purpose_and_basis"),
        ]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        return Reach(municipality_id=self.municipality_id)


class Token(Base):
    """A partner's key to the API (Dutch: sleutel). Only a keyed fingerprint is kept: the key itself is shown once."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="tokens")
    mark = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)  # its last letters, so that people can tell two keys apart
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def works_on(self, day: date) -> bool:
        """Tell whether this key opens the API on a day."""
        return self.ended_at is None and day <= self.expires_on

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        return self.partner.reach()


class Sending(models.Model):
    """One sending of a partner with our answer (Dutch: aanlevering): the same key again gives this answer and changes nothing.

    `digest`: of what was sent; `about_ref`: the record it became. No fact about a person stands in the answer.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="sendings")
    key = models.CharField(max_length=64)
    verb = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    about_ref = models.CharField(max_length=20, blank=True)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "key"], name="sending_once")]
        indexes = [models.Index(fields=["partner", "about_ref"], name="sending_about")]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"

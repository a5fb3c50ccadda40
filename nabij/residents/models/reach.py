"""Where somebody lives or stays, and how to reach them safely."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Neighbourhood
from nabij.core.fields import EncryptedTextField

from .hooks import OnDossier


def address_line(street: str, number: str, postcode: str, place: str) -> str:
    """Return an address on one line; empty when there is none."""
    return ", ".join(filter(None, (f"{street} {number}".strip(), f"{postcode} {place}".strip())))


class Address(OnDossier):
    """Where somebody lives, from when until when (Dutch: adres). A secret address stands only in the encrypted column."""

    class Kind(models.TextChoices):
        HOME = "home", _("Home")
        STAY = "stay", _("Stays here for now")
        POST = "post", _("Postal address")
        NONE = "none", _("No fixed address")

    kind = models.CharField(_("Kind of address"), max_length=8, choices=Kind.choices, default=Kind.HOME)
    street = models.CharField(_("Street"), max_length=120, blank=True)
    number = models.CharField(_("House number"), max_length=12, blank=True)
    postcode = models.CharField(_("Postcode"), max_length=7, blank=True)
    place = models.CharField(_("Town"), max_length=80, blank=True)
    secret = models.BooleanField(_("Secret address"), default=False)
    secret_text = EncryptedTextField(blank=True, default="")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(secret=False) | Q(street="", number="", postcode="", place="", neighbourhood__isnull=True),
                name="secret_address_only_encrypted",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="address_until_after_from"
            ),
        ]

    @property
    def line(self) -> str:
        """Return a public address on one line; empty for a secret one or none."""
        return address_line(self.street, self.number, self.postcode, self.place)


class ContactWay(OnDossier):
    """A way to reach somebody, and what to mind (Dutch: bereikbaarheid)."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail")
        VIA = "via", _("Through somebody else")
        VISIT = "visit", _("Just ring the bell")

    kind = models.CharField(_("Way"), max_length=8, choices=Kind.choices)
    value = models.CharField(_("Number, address or person"), max_length=120, blank=True)
    mind = models.CharField(_("What to mind"), max_length=160, blank=True)
    safe = models.BooleanField(_("Safe to leave a message"), default=True)
    preferred = models.BooleanField(_("Preferred"), default=False)
    until_on = models.DateField(null=True, blank=True)


class Away(OnDossier):
    """Admitted, detained or on holiday: silence is not counted until the end (Dutch: afwezig)."""

    class Kind(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        DETAINED = "detained", _("Detained")
        HOLIDAY = "holiday", _("On holiday")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="away_until_after_from")]

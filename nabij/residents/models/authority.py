"""Who may decide for somebody else, dated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier

from .hooks import OnDossier


class ParentalAuthority(OnDossier):
    """Who has parental authority over this child, from when until when (Dutch: ouderlijk gezag, BW 1:245)."""

    holder = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder_name = models.CharField(_("Name"), max_length=120, blank=True)
    guardian = models.BooleanField(_("Guardian, not a parent"), default=False)
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)


class Representative(OnDossier):
    """Who acts for an adult, in which legal form (Dutch: vertegenwoordiger; BW 1:378 e.v., 1:431 e.v., 1:450 e.v.)."""

    class Kind(models.TextChoices):
        MENTOR = "mentor", _("Mentor")
        ADMINISTRATOR = "administrator", _("Administrator of the money")
        CURATOR = "curator", _("Guardian of an adult")
        AUTHORISED = "authorised", _("Authorised in writing")
        FAMILY = "family", _("Family, not appointed")

    kind = models.CharField(_("Form"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=120)
    organisation = models.CharField(_("Organisation"), max_length=120, blank=True)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)

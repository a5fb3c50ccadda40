"""What a visitor must know before going."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Membership

from .hooks import OnDossier


class SafetyNote(OnDossier):
    """A fact with its author and a day on which it is looked at again, and what to do (Dutch: let op bij bezoek).

    Everybody who goes there reads what to do; only paid colleagues read why.
    """

    fact = models.TextField(_("What happened"))
    what_to_do = models.CharField(_("What to do"), max_length=200)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    review_on = models.DateField(_("Look at it again on"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(what_to_do=""), name="safety_note_says_what_to_do")]

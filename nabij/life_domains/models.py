"""A moment at which life domains were talked about, and what was scored."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Membership, opened_by
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base
from nabij.residents.models.hooks import OnDossier

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Moments(models.QuerySet["Moment"]):
    """The guard: the dossier opens it, and a private one only for its author and the lead of the team."""

    def visible_to(self, actor: "Actor") -> "Moments":
        seen = self.filter(opened_by(actor))
        if actor.is_system:
            return seen
        leading = [seat.team_id for seat in actor.memberships if seat.function == "lead"]
        return seen.filter(~Q(audience=Moment.Audience.PRIVATE) | Q(by__worker_id=actor.worker_id) | Q(by__team_id__in=leading))


class Moment(OnDossier):
    """One talk in which one or more life domains were scored (Dutch: moment). Withdrawn: stays in the record, counts for nothing."""

    class Audience(models.TextChoices):
        PRIVATE = "private", _("Only me and the team lead")
        TEAM = "team", _("The team")
        RESIDENT = "resident", _("The resident too")

    happened_on = models.DateField()
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.TEAM)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Moments.as_manager()

    class Meta:
        indexes = [models.Index(fields=["dossier", "happened_on"], name="moment_dossier")]


class Score(Base):
    """What was said about one life domain at one moment (Dutch: score op een leefgebied). No row: that domain was not asked.

    Two steps of 1 (acute) to 5 (manages alone), side by side and never added up: the worker's and the resident's own. A domain that was asked
    without a score has words. `domain` is a key of the region's list. Words stand encrypted: they are nearly always about health or money.
    """

    moment = models.ForeignKey(Moment, on_delete=models.PROTECT, related_name="scores")
    domain = models.CharField(max_length=24)
    worker_step = models.PositiveSmallIntegerField(null=True, blank=True)
    resident_step = models.PositiveSmallIntegerField(null=True, blank=True)
    words = EncryptedTextField(blank=True, default="")
    resident_words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "domain"], name="score_once_a_moment"),
            models.CheckConstraint(condition=~Q(domain=""), name="score_has_domain"),
            models.CheckConstraint(condition=Q(worker_step__isnull=True) | Q(worker_step__range=(1, 5)), name="score_worker_one_to_five"),
            models.CheckConstraint(condition=Q(resident_step__isnull=True) | Q(resident_step__range=(1, 5)), name="score_resident_one_to_five"),
        ]

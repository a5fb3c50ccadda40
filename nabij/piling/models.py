"""The assessment that switches it on, and what somebody said about what piled up."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Controller, Membership, Municipality
from nabij.commitments.models import Task
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base
from nabij.residents.models.hooks import OnDossier

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Assessments(models.QuerySet["Assessment"]):
    """The guard: of the actor's own organisation and municipality."""

    def visible_to(self, actor: "Actor") -> "Assessments":
        return self if actor.is_system else self.filter(municipality_id__in=actor.municipality_ids, controller_id__in=actor.controller_ids)

    def running(self) -> "Assessments":
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Assessment(Base):
    """The impact assessment of one organisation in one municipality, without which nothing piles up (Dutch: DPIA, AVG art. 35).

    `domains`: in how many life domains something must have been written down; `months`: within how long.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    reference = models.CharField(max_length=120)
    by_whom = models.CharField(max_length=120)
    domains = models.PositiveSmallIntegerField(default=3)
    months = models.PositiveSmallIntegerField(default=6)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = Assessments.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "controller"], condition=Q(withdrawn_at__isnull=True), name="one_running_assessment"),
            models.CheckConstraint(condition=~Q(reference="") & ~Q(by_whom=""), name="assessment_says_what_and_who"),
            models.CheckConstraint(condition=Q(domains__range=(2, 8)) & Q(months__range=(1, 24)), name="assessment_rule_in_bounds"),
            models.CheckConstraint(condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("recorded_at")), name="assessment_withdrawn_after"),
        ]

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        return Reach(None, self.controller_id, self.municipality_id)


class Seen(OnDossier):
    """Somebody looked at what piled up and said what follows (Dutch: gezien). `facts`: the refs of what stood there; a new one shows it again."""

    class Follows(models.TextChoices):
        TASK = "task", _("Something to do, with a date")
        GOAL = "goal", _("A goal in the plan")
        NOTHING = "nothing", _("Nothing, because …")

    follows = models.CharField(max_length=8, choices=Follows.choices)
    words = EncryptedTextField(blank=True, default="")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="piling_seen")
    facts = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "seen"
        indexes = [models.Index(fields=["dossier", "-at"], name="piling_seen_dossier")]
        constraints = [models.CheckConstraint(condition=~Q(follows="task") | Q(task__isnull=False), name="seen_with_task_has_task")]

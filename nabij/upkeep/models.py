"""What the sweep writes down about itself, and the lines it puts on the board."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Membership
from nabij.commitments.models import Commitment

from .limits import Ground

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class SweepRun(models.Model):
    """One run of the nightly sweep (Dutch: nachtelijke controle). A run that began and did not end stopped half-way.

    `counts`: by code how many were found and how many repaired. `zero`: the five numbers over all teams at that moment.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    zero = models.JSONField(default=dict)
    problem = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-began_at"], name="sweep_run_began")]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="sweep_ends_after_it_began")
        ]

    def __str__(self) -> str:
        return f"sweep {self.began_at:%Y-%m-%d %H:%M}"


class Rung(models.IntegerChoices):
    """Who hears of it, in turn."""

    OWNER = 0, _("who answers for it")
    SUBSTITUTE = 1, _("the substitute")
    LEAD = 2, _("the team lead")
    LEAD_SUBSTITUTE = 3, _("the lead's substitute")


class Escalations(models.QuerySet["Escalation"]):
    """Filters of the lines, and the guard: visible when the commitment is, or when it is one's own line."""

    def open(self) -> "Escalations":
        return self.filter(resolved_at__isnull=True)

    def visible_to(self, actor: "Actor") -> "Escalations":
        mine = Q(to_id__in=actor.membership_ids)
        return self.filter(mine | Q(commitment_id__in=Commitment.objects.visible_to(actor).values("id")))


class Escalation(models.Model):
    """One line on the board (Dutch: opschaling): what waits too long, since which day, and which person hears of it now.

    It warns; it changes neither owner nor date. At most one open line for each commitment, ground and rung.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="escalations")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    rung = models.PositiveSmallIntegerField(choices=Rung.choices)
    to = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="escalations")
    since = models.DateField()
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = Escalations.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "ground", "rung"], condition=Q(resolved_at__isnull=True), name="one_open_line"),
        ]
        indexes = [models.Index(fields=["to"], name="escalation_to", condition=Q(resolved_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.ground} {self.rung} {self.commitment_id}"

"""What a resident got on paper, and the look at rights when a child gets older."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier, Membership
from nabij.commitments.models import Task
from nabij.core.models import Base
from nabij.papers.models import Paper
from nabij.residents.models.hooks import OnDossiers

from .cases import Case


class PlanCopy(Base):
    """What a resident was given on paper: the plan, its result or its pictures (Dutch: afschrift). The file lies encrypted."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("The plan")
        RESULT = "result", _("How it ended")
        PICTURES = "pictures", _("The plan in pictures")

    class Form(models.TextChoices):
        PDF = "pdf", _("PDF, to print or send")
        ODT = "odt", _("ODT, to change first")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="copies")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="plan_copies")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="plan_copy")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    form = models.CharField(max_length=3, choices=Form.choices)
    handed_on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OnDossiers.as_manager()

    class Meta:
        verbose_name_plural = "plan copies"


class AgeReview(models.Model):
    """Somebody turns 12, 16 or 18: the task to look at rights again (Dutch: leeftijdsmoment). Once per dossier and age."""

    class Age(models.IntegerChoices):
        TWELVE = 12
        SIXTEEN = 16
        EIGHTEEN = 18

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="age_reviews")
    age = models.PositiveSmallIntegerField(choices=Age.choices)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="age_review")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "age"], name="one_review_per_age"),
            models.CheckConstraint(condition=Q(age__in=[12, 16, 18]), name="review_at_12_16_18"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.age}"

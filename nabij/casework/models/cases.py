"""The case, its plan and its end."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.agreements import RUNGS
from nabij.access.models import Dossier, Membership, opened_by
from nabij.commitments.models import Commitment, OnCommitment
from nabij.core.models import Base
from nabij.signals.models import Signal

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Cases(models.QuerySet["Case"]):
    """The guard: visible when one of its dossiers is."""

    def visible_to(self, actor: "Actor") -> "Cases":
        seen = CaseDossier.objects.filter(opened_by(actor), case_id=models.OuterRef("pk"))
        return self.filter(models.Exists(seen))


class Case(OnCommitment):
    """What we do together with one or more residents (Dutch: casus). The owner of its commitment is the coordinator.

    Spoken agreement counts: on which day, who were there.
    """

    class Agreement(models.TextChoices):
        SPOKEN = "spoken", _("Said")
        WRITTEN = "written", _("In writing")

    question = models.TextField(_("The question in the resident's own words"), blank=True)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=8, choices=Agreement.choices, blank=True)
    agreed_present = models.CharField(max_length=200, blank=True)
    resident_word = models.TextField(_("The resident's own word at the end"), blank=True)
    closing_reason = models.TextField(blank=True)

    objects = Cases.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | (~Q(agreed_how="") & ~Q(agreed_present="")), name="agreement_says_how_and_who"
            )
        ]

    @property
    def about_dossiers(self) -> list[int]:
        """Return whom it is about, for the audit entry."""
        return sorted(self.case_dossiers.values_list("dossier_id", flat=True))

    @property
    def purpose(self) -> str:
        """Return the purpose that grants of this case carry, so that they end and return with it."""
        return f"case {self.ref}"


class CaseDossier(models.Model):
    """Which residents a case is about, from when until when."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_dossiers")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="case_dossiers")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "dossier"], name="resident_once_in_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.dossier_id}"


class OnCases(models.QuerySet[models.Model]):
    """The guard: visible when the case is."""

    def visible_to(self, actor: "Actor") -> "OnCases":
        return self.filter(models.Exists(Case.objects.visible_to(actor).filter(pk=models.OuterRef("case_id"))))


class Goal(Base):
    """What the resident wants to reach (Dutch: doel). It counts when the resident agreed; it ends with a result."""

    class Result(models.TextChoices):
        REACHED = "reached", _("Reached")
        PARTLY = "partly", _("Partly reached")
        NOT = "not", _("Not reached")
        GIVEN_UP = "given_up", _("Given up")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    text = models.CharField(_("Goal"), max_length=300)
    agreed_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    result_words = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OnCases.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(result=""), name="ended_goal_has_result")]

    @property
    def commitment(self) -> Commitment:
        return self.case.commitment


class Rung(models.IntegerChoices):
    """The ladder (Wmo 2015 art. 2.3.5 lists them): beside each other, not a queue. What people read are the words of the region."""

    OWN_STRENGTH = 1, RUNGS[0]
    OWN_NETWORK = 2, RUNGS[1]
    INFORMAL_HELP = 3, RUNGS[2]
    GENERAL_SERVICE = 4, RUNGS[3]
    INDIVIDUAL_PROVISION = 5, RUNGS[4]


class Activity(OnCommitment):
    """Who does what towards a goal, on which rung of the ladder (Dutch: actie).

    Carried by the resident or the network it is still owned by the coordinator, who looks whether it happened.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="activities")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="activities")
    text = models.CharField(_("What"), max_length=300)
    rung = models.PositiveSmallIntegerField(_("Who helps?"), choices=Rung.choices)
    carrier = models.CharField(_("Who does it"), max_length=120)
    # Moves along when the date of the case moves: one plan, one date (trigger). False: it got a date of its own.
    shares_date = models.BooleanField(default=True)

    objects = OnCases.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        constraints = [models.CheckConstraint(condition=~Q(text="") & ~Q(carrier=""), name="activity_says_what_and_who")]


class NetworkAsk(Base):
    """Was the own network asked? (Dutch: eigen netwerk gevraagd?) Counted per municipality, never per worker."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_SAFE = "not_safe", _("Not safe")
        NO_MORE = "no_more", _("They can do no more")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="network_asks")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = OnCases.as_manager()

    @property
    def commitment(self) -> Commitment:
        return self.case.commitment

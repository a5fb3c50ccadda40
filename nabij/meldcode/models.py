"""The meldcode of one person, its signed steps, and who was named."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Dossier, Membership, Worker, opened_by
from nabij.commitments.models import OnCommitment
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Meldcodes(models.QuerySet["Meldcode"]):
    """The guard: for who answers for it and who was named, and only while the dossier itself is open to them."""

    def visible_to(self, actor: "Actor") -> "Meldcodes":
        if actor.is_system:
            return self
        named = Named.objects.filter(worker_id=actor.worker_id, ended_at__isnull=True).values("meldcode_id")
        mine = Q(commitment__owner_id__in=actor.membership_ids) | Q(pk__in=named)
        return self.filter(opened_by(actor), mine)


class Meldcode(OnCommitment):
    """What a worker weighs about the safety of one person (Dutch: meldcode huiselijk geweld en kindermishandeling).

    The way to the person stands here and not on the commitment, whose words say nothing.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="meldcodes")
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = Meldcodes.as_manager()

    def reach(self) -> Reach:
        """Return where this belongs, for the doors; without the dossier, so that no read log of the dossier names it."""
        return Reach(self.commitment.team_id, self.commitment.team.controller_id, self.commitment.municipality_id)


class OnMeldcodes(models.QuerySet[models.Model]):
    """The guard: visible when the meldcode is."""

    def visible_to(self, actor: "Actor") -> "OnMeldcodes":
        return self.filter(models.Exists(Meldcode.objects.visible_to(actor).filter(pk=models.OuterRef("meldcode_id"))))


class Part(models.TextChoices):
    """The five steps, in our own words; any order, each as often as needed."""

    SIGNS = "signs", _("Map the signs")
    CONSULT = "consult", _("Ask a colleague or Veilig Thuis")
    TALK = "talk", _("Talk with the people themselves")
    WEIGH = "weigh", _("Weigh it")
    DECIDE = "decide", _("Decide")


class MeldStep(Base):
    """One signed step (Dutch: stap): what, on which day, by whom. Never changed; a correction is a new line that names the old one."""

    class Decision(models.TextChoices):
        REPORT = "report", _("Report to Veilig Thuis")
        HELP = "help", _("Help ourselves, and follow whether it works")
        BOTH = "both", _("Report, and help")
        NO_GROUND = "no_ground", _("The worry turned out not to be right")

    meldcode = models.ForeignKey(Meldcode, on_delete=models.PROTECT, related_name="steps")
    part = models.CharField(max_length=8, choices=Part.choices)
    on = models.DateField()
    words = EncryptedTextField()
    whom = EncryptedTextField(blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OnMeldcodes.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=(Q(part="decide") & ~Q(decision="")) | (~Q(part="decide") & Q(decision="")), name="decide_says_what"),
        ]


class Named(Base):
    """A colleague whom somebody let in, by name (Dutch: meelezer), from a moment until it is ended."""

    meldcode = models.ForeignKey(Meldcode, on_delete=models.PROTECT, related_name="named")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OnMeldcodes.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meldcode", "worker"], condition=Q(ended_at__isnull=True), name="named_once")]

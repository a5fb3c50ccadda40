"""What a resident says about how it went."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier, Membership, opened_by
from nabij.casework.models import Case
from nabij.commitments.models import Commitment
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base

if TYPE_CHECKING:
    from nabij.access.actor import Actor

# The four questions, in our own words; the name of each is its column.
QUESTIONS = {
    "heard": _("Did you feel heard?"),
    "knew": _("Did you know whom you could call?"),
    "decided": _("Could you decide yourself what happened?"),
    "better": _("Are you better off now than before?"),
}
FACES = {1: _("Not at all"), 2: _("Not really"), 3: _("So-so"), 4: _("Yes"), 5: _("Very much")}


class Experiences(models.QuerySet["Experience"]):
    """The guard: visible when the case is, and the dossier of who was asked."""

    def visible_to(self, actor: "Actor") -> "Experiences":
        return self.filter(Exists(Case.objects.visible_to(actor).filter(pk=OuterRef("case_id"))), opened_by(actor))


def _score() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)])


class Experience(Base):
    """Four short questions to one resident of a case, and the answers (Dutch: ervaring van de inwoner).

    Answered once, by the resident through a link, or on paper and typed in by a colleague, which shows. It belongs to the case and is never
    counted per worker.
    """

    class Way(models.TextChoices):
        MAIL = "mail", _("By mail")
        PRINTED = "printed", _("With a printed link")
        PAPER = "paper", _("On paper")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="experiences")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="experiences")
    way = models.CharField(max_length=8, choices=Way.choices)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    typed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    heard = _score()
    knew = _score()
    decided = _score()
    better = _score()
    words = EncryptedTextField(blank=True)

    objects = Experiences.as_manager()

    class Meta:
        indexes = [models.Index(fields=["answered_on"], name="experience_answered", condition=Q(answered_on__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (1, 5), "answered_on__isnull": False}), name=f"{name}_one_to_five"
            )
            for name in ("heard", "knew", "decided", "better")
        ] + [models.CheckConstraint(condition=Q(typed_by__isnull=True) | Q(way="paper"), name="typed_in_is_paper")]

    @property
    def commitment(self) -> Commitment:
        return self.case.commitment

    @property
    def faces(self) -> list[tuple[str, int | None, str]]:
        """Return each question with its answer as number and word."""
        return [(str(words), getattr(self, name), str(FACES.get(getattr(self, name), ""))) for name, words in QUESTIONS.items()]

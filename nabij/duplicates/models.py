"""What was found to be perhaps one person, and what was merged."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.actor import Actor
from nabij.access.doors import Reach, reach_of
from nabij.access.models import Dossier, Membership, opened_by
from nabij.core.models import Base
from nabij.linkage import Sure, how_sure, reasons_in_words


class Pairs(models.QuerySet["Pair"]):
    """The guard: only of which both sides may be opened."""

    def visible_to(self, actor: Actor) -> "Pairs":
        return self.filter(opened_by(actor, hook="one_id"), opened_by(actor, hook="two_id"))


class Pair(Base):
    """Two dossiers of one organisation that may be about the same person (Dutch: mogelijk dubbel).

    `mark` is a keyed fingerprint of what was compared: who was called different is proposed again only when that changed.
    """

    class State(models.TextChoices):
        NEW = "new", _("To look at")
        DIFFERENT = "different", _("Not the same person")
        MERGED = "merged", _("Merged")

    one = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    two = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    probability = models.FloatField()
    levels = models.JSONField(default=list)
    mark = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = Pairs.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-probability"], name="pair_likeliest")]
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("two")), name="pair_in_order"),
        ]

    def reach(self) -> Reach:
        """Return where the first side belongs: the action looks at the other one itself."""
        return reach_of(self.one)

    @property
    def about_dossiers(self) -> list[int]:
        """Return both, for the audit."""
        return [self.one_id, self.two_id]

    @property
    def sure(self) -> Sure:
        """Return how sure it is, in a word."""
        return how_sure(self.probability, self.levels)

    @property
    def reasons(self) -> list[str]:
        """Return why, in words of the reader's language."""
        return reasons_in_words(self.levels)


class Merges(models.QuerySet["Merge"]):
    """The guard: whoever may open what was merged, which asks for both sides."""

    def visible_to(self, actor: Actor) -> "Merges":
        return self.filter(opened_by(actor, hook="kept_id"), opened_by(actor, hook="other_id"))

    def running(self) -> "Merges":
        """Return what was not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(Base):
    """One dossier merged into another by the root pointer (Dutch: samenvoeging); never deleted, undone at any later time.

    `before`: what the merge changed besides the pointer (row: field: [before, after]), so that undoing puts exactly that back.
    `narrow_from`: the newest grant at the moment of merging, as long as nobody widened access; empty: widened.
    """

    kept = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("Reason"), max_length=300)
    choices = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    grants = models.JSONField(default=list)
    narrow_from = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = Merges.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["other"], condition=Q(undone_at__isnull=True), name="merged_into_one"),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
        ]

    def reach(self) -> Reach:
        """Return where the dossier that was kept belongs."""
        return reach_of(self.kept)

    @property
    def about_dossiers(self) -> list[int]:
        """Return both, for the audit."""
        return [self.kept_id, self.other_id]


class Gone(models.Model):
    """That somebody was erased here, so that no file writes them down again (Dutch: gewist). A keyed hash per organisation, never a name."""

    controller = models.ForeignKey("access.Controller", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=64)
    erased_on = models.DateField()

    class Meta:
        verbose_name_plural = "gone"
        constraints = [models.UniqueConstraint(fields=["controller", "mark"], name="gone_once")]

    def __str__(self) -> str:
        return f"gone {self.pk}"

"""Maatwerk: what is outside the standard offer, and the amount above which a colleague looks along."""

from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_currency
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Membership, Municipality
from nabij.commitments.models import Commitment
from nabij.core.models import Base

from .cases import Activity, Case

if TYPE_CHECKING:
    from nabij.access.actor import Actor


def euros(amount: Decimal) -> str:
    """Return an amount as people write it: `€ 250,00`."""
    return format_currency(amount, "EUR", locale=get_language() or "nl")


class Breakthroughs(models.QuerySet["Breakthrough"]):
    """The guard: visible when the case is."""

    def visible_to(self, actor: "Actor") -> "Breakthroughs":
        return self.filter(models.Exists(Case.objects.visible_to(actor).filter(pk=models.OuterRef("activity__case_id"))))


class Breakthrough(Base):
    """A tailored measure outside the standard offer, with its reason (Dutch: maatwerk buiten de regels).

    It is an activity of the plan from the start, so it never lies loose: while a colleague is asked, the colleague owns it; after a yes
    the coordinator. `limit` is the municipality's amount at the moment of asking. Done: when the activity is finished.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a colleague's word")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")

    TRANSITIONS = {State.ASKED: {State.AGREED, State.REFUSED}, State.AGREED: set(), State.REFUSED: set()}

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="breakthrough")
    reason = models.TextField()
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    limit = models.DecimalField(max_digits=9, decimal_places=2, default=Decimal(0))
    state = models.CharField(max_length=8, choices=State.choices)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # When the activity is looked at after a yes; empty: with the plan.
    wanted_at = models.DateTimeField(null=True, blank=True)
    peer = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    peer_at = models.DateTimeField(null=True, blank=True)
    peer_word = models.TextField(blank=True)

    objects = Breakthroughs.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="breakthrough_has_reason"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="breakthrough_amount_above_zero"),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(amount__isnull=True) | Q(amount__lte=F("limit")) | Q(peer_at__isnull=False),
                name="above_limit_needs_word",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | (Q(peer_at__isnull=False) & ~Q(peer_word="")), name="refused_says_why"),
            models.CheckConstraint(
                condition=Q(peer__isnull=True, peer_at__isnull=True) | Q(peer__isnull=False, peer_at__isnull=False), name="word_has_person_and_day"
            ),
        ]

    @property
    def commitment(self) -> Commitment:
        return self.activity.commitment

    @property
    def about_dossiers(self) -> list[int]:
        """Return whom it is about, for the audit entry."""
        return self.activity.case.about_dossiers

    @property
    def amount_text(self) -> str:
        """Return the amount as people write it, or nothing."""
        return euros(self.amount) if self.amount is not None else ""

    @property
    def waits(self) -> bool:
        """Tell whether a colleague's word is still to come."""
        return self.state == self.State.ASKED and self.commitment.is_open


class BreakthroughLimit(Base):
    """Up to which amount somebody decides alone, from a moment on (Dutch: grens voor maatwerk). The latest counts; older ones stay."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="breakthrough_limits")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    from_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    @property
    def amount_text(self) -> str:
        """Return the amount as people write it."""
        return euros(self.amount)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="breakthrough_limit_not_negative")]

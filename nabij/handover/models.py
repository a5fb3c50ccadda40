"""The handover and what passes on in it, resident by resident."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Dossier, Membership
from nabij.commitments.models import Commitment, OnCommitment
from nabij.core.models import Base

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Handover(Base):
    """One colleague gives work to others, with a reason and a date (Dutch: overdracht). At most one runs for a place in a team.

    `task`: what the lead watches over until the worklist is empty. `to_membership`: the place in the other team, at a change of team.
    """

    class Reason(models.TextChoices):
        LEAVE = "leave", _("Leaves the team")
        TEAM_CHANGE = "team_change", _("Goes to another team")
        ABSENCE = "absence", _("Away for a long time")
        SWAP = "swap", _("Other division of the work")
        EMERGENCY = "emergency", _("Emergency stop")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="handovers")
    to_membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    planned_on = models.DateField()
    started_at = models.DateTimeField()
    task = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership"], condition=Q(ended_at__isnull=True), name="one_running_handover"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(outcome=""), name="ended_handover_has_outcome"),
            models.CheckConstraint(condition=~Q(reason="team_change") | Q(to_membership__isnull=False), name="team_change_has_place"),
            models.CheckConstraint(condition=~Q(membership=F("to_membership")), name="handover_to_another_place"),
        ]

    @property
    def ends_membership(self) -> bool:
        """Return whether the place in the team ends with it."""
        return self.reason in {self.Reason.LEAVE, self.Reason.TEAM_CHANGE}


class HandoverItems(models.QuerySet["HandoverItem"]):
    """The guard: who gives, who is asked, and the lead of the team that gives."""

    def visible_to(self, actor: "Actor") -> "HandoverItems":
        if actor.is_system:
            return self
        mine = Q(commitment__owner__worker_id=actor.worker_id) | Q(handover__membership__worker_id=actor.worker_id)
        return self.filter(mine | Q(handover__membership__team_id__in=actor.led_team_ids)) if actor.memberships else self.none()


class HandoverItem(OnCommitment):
    """What passes on for one resident, or one thing without a resident (Dutch: overdracht van een inwoner).

    The owner of its commitment is the colleague who is asked: first for an answer (the receipt), then for the first real contact, which
    closes it. Until the answer nothing changes owner. `along`: the resident goes along to the other team, and that team's lead answers.
    """

    class Notes(models.TextChoices):
        TEAM = "team", _("What the team may read; what only I could read stays closed")
        PRIVATE = "private", _("Also what only I and the team lead could read")

    class Told(models.TextChoices):
        TOLD = "told", _("The resident knows")
        TOGETHER = "together", _("We tell it together, in the first talk")
        NOT_TOLD = "not_told", _("Not told yet, because …")

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="handover_items")
    about = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    along = models.BooleanField(default=False)
    notes = models.CharField(max_length=10, choices=Notes.choices, default=Notes.TEAM)
    told = models.CharField(max_length=10, choices=Told.choices, blank=True)
    told_because = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    # Until when who hands over can still read and add.
    leaver_until = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    objects = HandoverItems.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(dossier__isnull=False) ^ Q(about__isnull=False), name="item_about_one"),
            models.CheckConstraint(condition=~Q(told="not_told") | ~Q(told_because=""), name="item_not_told_has_reason"),
            models.CheckConstraint(condition=Q(dossier__isnull=True) | ~Q(told=""), name="item_says_told_or_not"),
        ]

    def reach(self) -> Reach:
        """Return whose it is, for the doors. The dossier opens only with the answer, so it is not asked here."""
        owner = self.commitment.owner.worker_id if self.commitment.owner_id else None
        return Reach(owner_worker_id=owner)

    @property
    def about_dossiers(self) -> list[int]:
        """Return whom it is about, for the audit entry."""
        return [self.dossier_id] if self.dossier_id else []

    @property
    def successor(self) -> Membership:
        """Return who will answer for it after a yes."""
        return self.handover.to_membership if self.along else self.commitment.owner

    @property
    def purpose(self) -> str:
        """Return the purpose that grants of this item carry."""
        return f"handover {self.ref}"

"""The conference, who is needed there, and what was agreed."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier, Grant, Membership, Sharing
from nabij.casework.models import Case, OnCases
from nabij.commitments.models import Commitment, OnCommitment, Task
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Conference(OnCommitment):
    """Those who are needed round one table, about one case (Dutch: casusoverleg). The owner of its commitment convenes it, until it was held.

    The resident is there, or was told, or was not told and why. It ends with agreements, or with the reason why nothing was agreed.
    """

    class Part(models.TextChoices):
        PRESENT = "present", _("The resident is there")
        INFORMED = "informed", _("The resident was told")
        NOT_INFORMED = "not_informed", _("The resident was not told, because …")

    class Audience(models.TextChoices):
        PRIVATE = "private", _("Only me and the team lead")
        TEAM = "team", _("The team")
        RESIDENT = "resident", _("The resident too")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conferences")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    question = models.TextField()
    resident_part = models.CharField(max_length=12, choices=Part.choices)
    resident_why = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    nothing_agreed = models.TextField(blank=True)
    cancelled_why = models.TextField(blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.TEAM)
    notes = models.TextField(blank=True)
    private_notes = EncryptedTextField(blank=True, default="")
    noted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OnCases.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="conference_has_question"),
            models.CheckConstraint(condition=~Q(resident_part="not_informed") | ~Q(resident_why=""), name="conference_not_informed_says_why"),
            models.CheckConstraint(condition=~Q(audience="private") | Q(notes=""), name="conference_private_only_encrypted"),
            models.CheckConstraint(condition=Q(held_at__isnull=True) | Q(cancelled_why=""), name="conference_held_or_cancelled"),
        ]

    @property
    def about_dossiers(self) -> list[int]:
        """Return whom it is about, for the audit entry."""
        return self.case.about_dossiers

    @property
    def purpose(self) -> str:
        """Return the purpose that access for this conference carries, so that it ends with it."""
        return f"conference {self.ref}"


class OnConferences(models.QuerySet[models.Model]):
    """The guard: visible when the conference is."""

    def visible_to(self, actor: "Actor") -> "OnConferences":
        return self.filter(models.Exists(Conference.objects.visible_to(actor).filter(pk=models.OuterRef("conference_id"))))


class Participant(Base):
    """Who is needed at a conference, why, and on which basis (Dutch: deelnemer): a colleague, or somebody of a partner by name."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="participants")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=200)
    basis = models.CharField(max_length=120)

    objects = OnConferences.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(member__isnull=False) & Q(name="")) | (Q(member__isnull=True) & ~Q(name="") & ~Q(organisation="")),
                name="participant_is_colleague_or_named",
            ),
            models.CheckConstraint(condition=~Q(why="") & ~Q(basis=""), name="participant_says_why_and_basis"),
            models.UniqueConstraint(fields=["conference", "member"], condition=Q(member__isnull=False), name="colleague_once_at_conference"),
        ]

    @property
    def commitment(self) -> Commitment:
        return self.conference.commitment

    @property
    def about_dossiers(self) -> list[int]:
        """Return whom it is about, for the audit entry."""
        return self.conference.about_dossiers

    @property
    def who(self) -> str:
        """Return the name, of a colleague or of somebody else."""
        return self.member.worker.name if self.member else self.name

    @property
    def where(self) -> str:
        """Return the team or the organisation."""
        return self.member.team.name if self.member else self.organisation


class Opening(models.Model):
    """What was opened for a colleague from elsewhere because of a conference: one dossier, by a grant or a sharing act, ended afterwards."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="openings")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sharing = models.ForeignKey(Sharing, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grant__isnull=False) ^ Q(sharing__isnull=False), name="opened_by_grant_or_sharing"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.dossier_id}"

    @property
    def ended_at(self) -> object:
        """Return when it was closed again, or None."""
        return (self.grant or self.sharing).ended_at


class Agreement(Base):
    """What was agreed at a conference (Dutch: afspraak). The task has its owner and date; of an outsider the coordinator looks whether it happened."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="agreements")
    text = models.CharField(max_length=300)
    outsider = models.CharField(max_length=120, blank=True)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="agreement")

    objects = OnConferences.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="agreement_says_what")]

"""The contact and its texts."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Dossier, Membership, Worker, opened_by
from nabij.commitments.models import Commitment
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base
from nabij.core.worded import ask

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Contacts(models.QuerySet["Contact"]):
    """The guard: visible when one of its dossiers is."""

    def visible_to(self, actor: "Actor") -> "Contacts":
        seen = ContactText.objects.filter(opened_by(actor), contact_id=models.OuterRef("pk"))
        return self.filter(models.Exists(seen))


class Contact(Base):
    """One contact moment, or one attempt (Dutch: contact, niet bereikt). It belongs to its author and the membership of that day."""

    class Medium(models.TextChoices):
        VISIT = "visit", _("Visit at home")
        PHONE = "phone", _("Telephone")
        OFFICE = "office", _("At our place")
        STREET = "street", _("Met outside")
        MESSAGE = "message", _("Text message or app")
        EMAIL = "email", _("E-mail")
        LETTER = "letter", _("Letter or card")
        VIDEO = "video", _("Video call")

    class PartOfDay(models.TextChoices):
        MORNING = "morning", _("Morning")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")

    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="contacts")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    medium = models.CharField(max_length=10, choices=Medium.choices)
    # False: tried, not reached. Only True counts as contact.
    reached = models.BooleanField()
    part_of_day = models.CharField(max_length=10, choices=PartOfDay.choices)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    with_whom = models.CharField(max_length=120, blank=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts")
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # a mistake: stays in the record, counts for nothing

    objects = Contacts.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-happened_at"], name="contact_when")]

    @property
    def about_dossiers(self) -> list[int]:
        """Return whom it was about, for the audit entry."""
        return sorted(dossier for dossier, *_author in self._about())

    def reach(self) -> Reach:
        """Return where this contact belongs, for the doors: its author, and the first resident it was about."""
        first, team, controller, municipality, worker = self._about()[0]
        return Reach(team, controller, municipality, worker, first)

    def _about(self) -> list[tuple[int, ...]]:
        return ask(_residents_and_author, contact_id=self.pk)


def _residents_and_author(*, contact_id: int) -> "models.QuerySet[ContactText, tuple[int, ...]]":
    author = ("contact__by__team_id", "contact__by__team__controller_id", "contact__by__team__municipality_id", "contact__by__worker_id")
    return ContactText.objects.filter(contact_id=contact_id).order_by("id").values_list("dossier_id", *author)


class Texts(models.QuerySet["ContactText"]):
    """The guard: the dossier opens it, and a private text only for its author, the successor it was passed on to, and the lead of the team."""

    def visible_to(self, actor: "Actor") -> "Texts":
        seen = self.filter(opened_by(actor))
        leading = [seat.team_id for seat in actor.memberships if seat.function == "lead"]
        mine = Q(contact__by__worker_id=actor.worker_id) | Q(contact__by__team_id__in=leading) | Q(passed_to_id=actor.worker_id)
        return seen.filter(~Q(audience=ContactText.Audience.PRIVATE) | mine)


class ContactText(Base):
    """What was said, about one resident, for one audience. One contact may carry a text for each resident it was about.

    A private text stands only in the encrypted column. The resident can ask to read every text (GDPR art. 15).
    """

    class Audience(models.TextChoices):
        PRIVATE = "private", _("Only me and the team lead")
        TEAM = "team", _("The team")
        RESIDENT = "resident", _("The resident too")

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="texts")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="contact_texts")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.TEAM)
    text = models.TextField(blank=True)
    private_text = EncryptedTextField(blank=True, default="")
    # Copies of the contact's own columns, so that "last contact" is one indexed look-up per dossier.
    happened_at = models.DateTimeField()
    counts = models.BooleanField()
    last_editor = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The successor to whom the author passed a private text on, at a handover.
    passed_to = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = Texts.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "-happened_at", "-id"], name="contact_text_dossier"),
            # `counts` is always true here: SQLite looks at it, and would open the row for it
            models.Index(fields=["dossier", "happened_at", "counts"], name="contact_text_counts", condition=Q(counts=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["contact", "dossier"], name="one_text_per_resident"),
            models.CheckConstraint(condition=~Q(audience="private") | Q(text=""), name="private_text_only_encrypted"),
        ]

    @property
    def words(self) -> str:
        """Return the text, wherever it is kept."""
        return self.private_text if self.audience == self.Audience.PRIVATE else self.text

"""Which parts of a dossier a resident can read, a visit at which they do, and what they say is wrong."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier, Membership
from nabij.casework.models import Case
from nabij.commitments.models import Task
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base
from nabij.residents.models.hooks import OnDossier

PARTS = ("plan", "contacts", "looks", "download")


class OwnPage(OnDossier):
    """What was talked about and what is open since then (Dutch: mijn dossier). A new talk makes a new row; the one before it ends.

    `people`: with how many residents in the plan it was agreed that it can be read; more people in it, and the plan is not shown.
    `until_on`: the day from which the code of a child's representative counts no more. It ends by itself, in the database, when the resident
    dies, when the dossier is restricted, erased or merged.
    """

    class Holder(models.TextChoices):
        RESIDENT = "resident", _("The resident")
        REPRESENTATIVE = "representative", _("Somebody who acts for the resident")

    class Ended(models.TextChoices):
        CLOSED = "closed", _("Closed by a colleague")
        NEW_TALK = "new_talk", _("A new talk took its place")
        DEATH = "death", _("The resident has died")
        DOSSIER = "dossier", _("The dossier was restricted, merged or erased")

    talk_on = models.DateField()
    phone_readers = EncryptedTextField(blank=True, default="")
    mail_readers = EncryptedTextField(blank=True, default="")
    safe = models.BooleanField()
    holder = models.CharField(max_length=14, choices=Holder.choices, default=Holder.RESIDENT)
    holder_name = EncryptedTextField(blank=True, default="")
    checked = models.CharField(max_length=200, blank=True)
    until_on = models.DateField(null=True, blank=True)
    plan = models.BooleanField(default=False)
    contacts = models.BooleanField(default=False)
    looks = models.BooleanField(default=False)
    download = models.BooleanField(default=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="own_pages")
    people = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=Ended.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at__isnull=True), name="one_own_page"),
            models.CheckConstraint(condition=Q(safe=True) | Q(plan=False, contacts=False, looks=False, download=False), name="own_page_open_when_safe"),
            models.CheckConstraint(condition=Q(plan=False) | Q(case__isnull=False, people__gt=0), name="own_page_plan_has_case"),
            models.CheckConstraint(condition=Q(holder="resident") | ~Q(checked=""), name="representative_was_checked"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(ended_why=""), name="ended_own_page_says_why"),
        ]

    @property
    def open_parts(self) -> list[str]:
        """Return the names of the parts that are open."""
        return [name for name in PARTS if getattr(self, name)]


class Visit(Base):
    """A worker lets the resident read along on the worker's own device, for half an hour at most (Dutch: meelezen bij een bezoek)."""

    page = models.ForeignKey(OwnPage, on_delete=models.PROTECT, related_name="visits")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("begun_at")), name="visit_ends_after_it_begins")]

    @property
    def dossier(self) -> Dossier:
        return self.page.dossier


class Correction(Base):
    """A resident says that something is wrong (Dutch: dit klopt niet). Nothing changes by itself: the words stand in a task for a person."""

    page = models.ForeignKey(OwnPage, on_delete=models.PROTECT, related_name="corrections")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="correction")
    said_at = models.DateTimeField()

    @property
    def dossier(self) -> Dossier:
        return self.page.dossier

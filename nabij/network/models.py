"""Who stands around a resident, how the carer is doing, who lives together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier, Membership
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base
from nabij.residents.models.hooks import OnDossier


class Tie(OnDossier):
    """Somebody around the resident: who, how close, what they do (Dutch: band). Name, help and reach stand encrypted: they are others' data.

    `ring` 1 is closest, 3 farthest; professionals and organisations stand outside the rings (None). `other`: this person has a dossier too,
    shown only to who may open that one. It gives nobody any right.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family")
        CARER = "carer", _("Informal carer")
        FRIEND = "friend", _("Friend")
        NEIGHBOUR = "neighbour", _("Neighbour")
        VOLUNTEER = "volunteer", _("Volunteer")
        PROFESSIONAL = "professional", _("Professional")
        ORGANISATION = "organisation", _("Organisation")

    class Word(models.TextChoices):
        AGREED = "agreed", _("The resident agrees that we get in touch")
        INFORMED = "informed", _("The resident knows that this stands here")
        NOT_ASKED = "not_asked", _("Not talked about yet")
        REFUSED = "refused", _("The resident does not want us to get in touch")

    class Ended(models.TextChoices):
        DIED = "died", _("Died")
        MOVED = "moved", _("Moved away")
        BROKEN = "broken", _("No contact any more")
        HELP_STOPPED = "help_stopped", _("The help stopped")
        MISTAKE = "mistake", _("Written down by mistake")
        OTHER = "other", _("Something else")

    OUTSIDE = (Kind.PROFESSIONAL, Kind.ORGANISATION)

    kind = models.CharField(_("Who is this?"), max_length=12, choices=Kind.choices)
    name = EncryptedTextField(blank=True, default="")
    # what people call the tie: daughter, neighbour across the street, district nurse
    relation = models.CharField(max_length=60, blank=True)
    ring = models.PositiveSmallIntegerField(null=True, blank=True)
    strength = models.PositiveSmallIntegerField(default=2)
    does = EncryptedTextField(blank=True, default="")
    how_to_reach = EncryptedTextField(blank=True, default="")
    word = models.CharField(max_length=10, choices=Word.choices, default=Word.NOT_ASKED)
    main_carer = models.BooleanField(default=False)
    other = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=14, choices=Ended.choices, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["professional", "organisation"]) ^ Q(ring__isnull=False), name="tie_ring_or_outside"),
            models.CheckConstraint(condition=Q(ring__isnull=True) | Q(ring__range=(1, 3)), name="tie_ring_one_to_three"),
            models.CheckConstraint(condition=Q(strength__range=(1, 3)), name="tie_strength_one_to_three"),
            models.CheckConstraint(condition=Q(until_on__isnull=True, ended_why="") | (Q(until_on__isnull=False) & ~Q(ended_why="")), name="tie_ends_with_a_reason"),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=F("since_on")), name="tie_until_after_since"),
            models.CheckConstraint(
                condition=Q(main_carer=False) | Q(kind__in=["family", "carer", "friend", "neighbour"], until_on__isnull=True), name="tie_main_carer_is_near"
            ),
            models.CheckConstraint(condition=~Q(other=F("dossier")), name="tie_not_to_oneself"),
            models.UniqueConstraint(fields=["dossier"], condition=Q(main_carer=True), name="tie_one_main_carer"),
        ]

    @property
    def is_outside(self) -> bool:
        """Tell whether this is somebody who comes because it is their work."""
        return self.kind in self.OUTSIDE


class CarerLoad(OnDossier):
    """How the informal carer is doing, asked on a day (Dutch: hoe gaat het met de mantelzorger). Each time a new row; nobody changes one."""

    class Load(models.TextChoices):
        MANAGES = "manages", _("Can manage")
        HEAVY = "heavy", _("It is heavy")
        TOO_MUCH = "too_much", _("It is too much")
        NOT_ASKED = "not_asked", _("Not asked, or no answer")

    tie = models.ForeignKey(Tie, on_delete=models.PROTECT, related_name="loads")
    load = models.CharField(max_length=10, choices=Load.choices)
    words = EncryptedTextField(blank=True, default="")
    support = EncryptedTextField(blank=True, default="")
    asked_on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tie", "-asked_on", "-id"], name="carer_load_newest")]


class Household(Base):
    """People who live together for a time (Dutch: huishouden). It holds no address, and nobody gets a right by living with somebody."""

    begun_at = models.DateTimeField()


class HouseholdMember(OnDossier):
    """One person of a household, from one day until another (Dutch: huisgenoot).

    The row hangs on one dossier: of the resident `themselves`, or the one in which somebody without a dossier was named. So each reader
    sees only what stands in dossiers that they may open.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    themselves = models.BooleanField(default=False)
    name = EncryptedTextField(blank=True, default="")
    relation = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(themselves=False) | Q(name=""), name="household_resident_has_no_second_name"),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="household_until_after_from"),
            models.UniqueConstraint(fields=["household", "dossier"], condition=Q(themselves=True, until_on__isnull=True), name="household_resident_once"),
        ]

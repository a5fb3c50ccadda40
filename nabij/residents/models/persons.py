"""Who somebody is, as far as it is known."""

from typing import NamedTuple

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Dossier
from nabij.core.models import Base

from .hooks import OnDossiers


class NameOrder(models.TextChoices):
    """In which order somebody uses own and partner's surname (Dutch: aanduiding naamgebruik, BRP 61.10)."""

    OWN = "own", _("Own name")
    PARTNER = "partner", _("Partner's name")
    PARTNER_OWN = "partner_own", _("Partner's name, then own name")
    OWN_PARTNER = "own_partner", _("Own name, then partner's name")


class Name(NamedTuple):
    """What somebody is called: the columns of a resident that a list needs."""

    known: bool
    description: str
    initials: str
    given_names: str
    call_name: str
    prefix: str
    surname: str
    partner_prefix: str
    partner_surname: str
    name_order: str


def surname_of(of: "Name | Resident") -> str:
    """Return the surname as this person uses it, `de Vries`, `Bakker-de Vries`; `of`: a resident, or a `Name`."""
    own, partner = f"{of.prefix} {of.surname}".strip(), f"{of.partner_prefix} {of.partner_surname}".strip()
    if of.name_order in {NameOrder.OWN, NameOrder.PARTNER}:
        return own if of.name_order == NameOrder.OWN else partner or own
    return "-".join(filter(None, [partner, own] if of.name_order == NameOrder.PARTNER_OWN else [own, partner]))


def name_of(of: "Name | Resident") -> str:
    """Return how colleagues speak of this person: call name or initials, then surname; else the description."""
    if not of.known:
        return of.description
    return f"{of.call_name or of.initials or of.given_names.partition(' ')[0]} {surname_of(of)}".strip()


class Resident(Base):
    """A person the team works with (Dutch: inwoner), or one not known yet, with a description instead of a name.

    The birth date may be known in part: year, or year and month. `known` False: nobody can say yet who it is.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, primary_key=True, related_name="resident")
    known = models.BooleanField(default=True)
    description = models.CharField(_("Description"), max_length=200, blank=True)
    initials = models.CharField(_("Initials"), max_length=20, blank=True)
    given_names = models.CharField(_("First names"), max_length=120, blank=True)
    call_name = models.CharField(_("Name used every day"), max_length=60, blank=True)
    prefix = models.CharField(_("Prefix"), max_length=20, blank=True)
    surname = models.CharField(_("Surname"), max_length=120, blank=True)
    partner_prefix = models.CharField(_("Prefix of the partner's name"), max_length=20, blank=True)
    partner_surname = models.CharField(_("Partner's surname"), max_length=120, blank=True)
    name_order = models.CharField(
        _("Order of the names"), max_length=12, choices=NameOrder.choices, default=NameOrder.OWN
    )
    birth_year = models.PositiveSmallIntegerField(_("Birth year"), null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(_("Birth month"), null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(_("Birth day"), null=True, blank=True)
    language = models.CharField(_("Language"), max_length=40, blank=True)
    interpreter = models.BooleanField(_("Needs an interpreter"), default=False)
    cannot_read = models.BooleanField(_("Finds reading hard"), default=False)
    deceased_on = models.DateField(null=True, blank=True)
    # Case numbers in other systems: [["Suite", "2026-123"]].
    other_numbers = models.JSONField(default=list, blank=True)

    objects = OnDossiers.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(known=False) | ~Q(surname="") | ~Q(call_name=""), name="known_has_name"),
            models.CheckConstraint(condition=Q(known=True) | ~Q(description=""), name="unknown_has_description"),
            models.CheckConstraint(
                condition=(Q(birth_day__isnull=True) | Q(birth_month__isnull=False)) & (Q(birth_month__isnull=True) | Q(birth_year__isnull=False)),
                name="birth_date_from_year_down",
            ),
            models.CheckConstraint(condition=Q(birth_month__isnull=True) | Q(birth_month__range=(1, 12)), name="birth_month_range"),
            models.CheckConstraint(condition=Q(birth_day__isnull=True) | Q(birth_day__range=(1, 31)), name="birth_day_range"),
        ]
        # The few who died, for lists of hundreds. Not on the column itself: then SQLite would rather look each resident up in the primary key.
        indexes = [models.Index(Cast("dossier", models.BigIntegerField()), "deceased_on", name="resident_died", condition=Q(deceased_on__isnull=False))]

    full_surname = property(surname_of)
    display_name = property(name_of)

    @property
    def birth_text(self) -> str:
        """Return the birth date as far as it is known: `4-7-1951`, `7-1951`, `1951` or nothing."""
        return "-".join(str(part) for part in (self.birth_day, self.birth_month, self.birth_year) if part)


def died_on(hook: str) -> Subquery:
    """Return the day on which the resident of a dossier died as a column, nothing for who lives; `hook`: where the row keeps its dossier."""
    died = Resident.objects.alias(hook=Cast("dossier", models.BigIntegerField())).filter(hook=OuterRef(hook), deceased_on__isnull=False)
    return Subquery(died.values("deceased_on")[:1])

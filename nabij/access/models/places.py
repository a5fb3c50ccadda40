"""Organisations and places: who decides about the data, and which neighbourhood is whose."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nabij.core.models import Base


class Controller(Base):
    """An organisation that answers for its own data under the GDPR (Dutch: verwerkingsverantwoordelijke).

    The municipality's college and a welfare organisation are separate controllers: separate access, sharing only by an explicit act.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        WELFARE = "welfare", _("Welfare organisation")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    may_process_bsn = models.BooleanField(default=False)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class Region(Base):
    """Municipalities that agreed on the same words (Dutch: regio): which life domains, what each step is called, how they work together.

    Each municipality keeps its own name, places and teams. `domains`: [{key, name, used}] in their order, a key never changes or goes;
    `steps`: five words from acute to self-reliant. `ladder`: {words: five of {staff, resident}, source, agreed_on}. `terms`: {key: {days,
    source, agreed_on}}. Empty: what Nabij ships (`access.agreements`, `access.terms`).
    """

    name = models.CharField(max_length=120, unique=True)
    domains = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    ladder = models.JSONField(default=dict, blank=True)
    terms = models.JSONField(default=dict, blank=True)
    # What the municipalities promised each other, in their own words.
    agreed = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Municipality(Base):
    """A municipality with its own name and front-door team (Dutch: gemeente). `code`: CBS, GM + 4 digits."""

    name = models.CharField(max_length=120)
    code = models.CharField(max_length=6, unique=True)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="municipalities")
    front_door = models.ForeignKey("access.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="municipalities")
    phone = models.CharField(max_length=30, blank=True)
    # When somebody reads the public form, in the municipality's own words.
    reading_hours = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class Neighbourhood(Base):
    """A quarter, village or small area, as the municipality itself calls it (Dutch: wijk, dorp, buurt).

    `code`: CBS WK + 6 or BU + 8 digits, revised every year, so `year` stands beside it.
    """

    class Kind(models.TextChoices):
        WIJK = "wijk", _("quarter")
        DORP = "dorp", _("village")
        BUURT = "buurt", _("small area")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="neighbourhoods")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="neighbourhood_code_year")]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodPostcode(models.Model):
    """Which four-digit postcode, or whole postcode, lies in which neighbourhood; the longest match counts."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="postcodes")
    postcode = models.CharField(max_length=6, unique=True)

    def __str__(self) -> str:
        return self.postcode

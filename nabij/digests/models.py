"""Who wants which mail, and on which day it went."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Worker
from nabij.core.models import Base

EARLIEST, LATEST, USUAL = 6, 18, 7


class Rhythm(models.TextChoices):
    """How often."""

    DAILY = "daily", _("Every morning")
    WEEKLY = "weekly", _("Once a week, on the first working day")
    OFF = "off", _("No mail")


class DigestChoice(Base):
    """What one colleague chose about the daily mail (Dutch: voorkeur dagbericht). Without a row: every working day at seven."""

    worker = models.OneToOneField(Worker, on_delete=models.CASCADE, related_name="digest_choice")
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(default=USUAL, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)])
    free_days = models.BooleanField(default=False)  # also in weekends and on public holidays

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hour__range=(EARLIEST, LATEST)), name="digest_hour_of_day")]

    def reach(self) -> Reach:
        """Return whose choice this is, for the doors."""
        return Reach(owner_worker_id=self.worker_id)


class DigestDay(models.Model):
    """One day on which somebody had the daily mail, or had nothing to be told (Dutch: verstuurd dagbericht). Once a day at most."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="digest_days")
    on = models.DateField()
    at = models.DateTimeField()
    mailed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "on"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.on}"

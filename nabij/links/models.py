"""The link, and how often somebody knocked."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from nabij.access.models import Dossier, Worker
from nabij.core.models import Base


class Links(models.QuerySet["Link"]):
    """Filters by whether a link still opens anything."""

    def live(self, at: datetime) -> "Links":
        """Return links that open something at this moment: not ended, not expired, not used up, and not of a blocked colleague."""
        unused = Q(max_uses__isnull=True) | Q(uses__lt=F("max_uses"))
        theirs = Q(worker__isnull=True) | Q(worker__blocked_at__isnull=True, worker__is_active=True)
        return self.filter(unused, theirs, ended_at__isnull=True, expires_at__gt=at)


class Link(Base):
    """One address that opens one thing for one purpose, without an account (Dutch: link).

    Only the keyed hash of its secret is kept. `kind`: the purpose, as "outcomes.answer"; `subject`: the ref of the one record it is for;
    `max_uses`: how often it can be used, None is until it ends.
    """

    kind = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    subject = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    max_uses = models.PositiveIntegerField(null=True, blank=True)

    objects = Links.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "subject"], name="link_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="link_expires_after_made"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(subject="") & ~Q(token_hash=""), name="link_is_for_one_thing"),
            models.CheckConstraint(condition=Q(max_uses__isnull=True) | Q(uses__lte=F("max_uses")), name="link_not_used_too_often"),
            models.CheckConstraint(condition=Q(uses=0) | Q(used_at__isnull=False), name="used_link_says_when"),
        ]


class Knock(models.Model):
    """How often one link, or one address on the network, was tried in an hour: kept as a keyed hash, thrown away after a day."""

    mark = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "hour"], name="knock_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.hour:%H} {self.count}"

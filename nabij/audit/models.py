"""Entries, the seals that prove them, and the list of ranges that retention removed."""

from django.db import models


class Event(models.TextChoices):
    """Kinds of event, after NEN 7513."""

    CREATE = "create"
    READ = "read"
    SEARCH = "search"
    CHANGE = "change"
    REMOVE = "remove"
    COPY = "copy"
    MERGE = "merge"
    TRANSFER = "transfer"
    EMERGENCY = "emergency"
    LOGIN = "login"


class Entry(models.Model):
    """One thing that somebody did or saw (Dutch: logregel). Never updated; `mac` signs the other columns."""

    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=12, choices=Event.choices)
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    function = models.CharField(max_length=40, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    membership_id = models.BigIntegerField(null=True)
    municipality_id = models.BigIntegerField(null=True)
    dossier_id = models.BigIntegerField(null=True)
    dossiers = models.TextField(blank=True)  # JSON list, for a list page: one entry with all that was shown
    subject = models.CharField(max_length=80, blank=True)  # "signal 7kq4..."
    request_id = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    detail = models.TextField(blank=True)  # JSON of codes and dates, never words about a person
    mac = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["dossier_id", "-id"], name="entry_dossier", condition=models.Q(dossier_id__isnull=False)),
            models.Index(fields=["actor_id", "-id"], name="entry_actor", condition=models.Q(actor_id__isnull=False)),
            # few among millions, and the privacy officer's page asks for them alone
            models.Index(fields=["municipality_id", "-id"], name="entry_emergency", condition=models.Q(event="emergency")),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb}"


class Seal(models.Model):
    """Closes a range of entries: `hmac` covers the range, every mac in it and the previous seal."""

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    hmac = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_id}-{self.last_id}"


class Purge(models.Model):
    """A sealed range whose entries retention may remove; the seal itself stays."""

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    reason = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_id}-{self.last_id}"

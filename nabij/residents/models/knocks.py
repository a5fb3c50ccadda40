"""Somebody searched: kept apart from the answer, so that the answer takes the same road whoever was found."""

from django.db import models


class Knock(models.Model):
    """One search, with the restricted dossiers it found in full, nearly always none (Dutch: er is gezocht). Not who, not the words.

    Every search writes one, so that finding a restricted dossier costs nothing extra; `tell_searched` empties the list soon after.
    """

    at = models.DateTimeField()
    dossier_ids = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"knock {self.pk}"

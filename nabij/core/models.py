"""The base of every record, and the memory of what was already done."""

from django.db import models

from .ids import new_ref
from .writing import Saved


class Base(Saved):
    """A record: an unguessable `ref` for the outside, a `version` that every change raises."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.ref}"


class DoneRequest(Saved):
    """One request that was carried out: the same request sent again finds its answer here and changes nothing."""

    request_id = models.CharField(max_length=64)
    verb = models.CharField(max_length=80)
    who = models.CharField(max_length=80)
    at = models.DateTimeField(db_index=True)
    model = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request_id", "who", "verb"], name="done_request_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.request_id}"

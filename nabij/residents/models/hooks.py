"""Base of every row that hangs on a dossier."""

from typing import TYPE_CHECKING

from django.db import models

from nabij.access.models import Dossier, opened_by
from nabij.core.models import Base

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class OnDossiers(models.QuerySet["OnDossier"]):
    """The guard: visible when the dossier is."""

    def visible_to(self, actor: "Actor") -> "OnDossiers":
        return self.filter(opened_by(actor))


class OnDossier(Base):
    """A row about one resident; visibility, retention and erasure follow its dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="%(class)s_set")

    objects = OnDossiers.as_manager()

    class Meta:
        abstract = True

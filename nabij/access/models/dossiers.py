"""The dossier: the hook on which every row about a resident hangs, and who may open it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from nabij.core.models import Base

from .places import Controller
from .teams import Team
from .workers import Worker

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Dossiers(models.QuerySet["Dossier"]):
    """The one guard for reading about residents."""

    def visible_to(self, actor: "Actor") -> "Dossiers":
        """Return the dossiers that this actor may open on this day.

        Paid workers and leads: ordinary dossiers of their teams. Others, restricted dossiers and other controllers: by a running grant.
        Nobody: their own dossier, or one of somebody they know. All through the root, so that a merged dossier follows its root; of what
        was merged only who could open every side, or was let in since (house, section 4: the narrower access wins).
        """
        if actor.kind == "system":
            return self
        if actor.kind != "worker" or not actor.memberships:
            return self.none()
        # across organisations only an explicit sharing act opens anything, whatever other grant may be left over
        own_house = Q(dossier__root__controller_id__in=actor.controller_ids)
        grants = Grant.objects.running(actor.on).to(actor).filter(own_house | Q(kind=Grant.Kind.SHARING))
        known = Acquaintance.objects.filter(worker_id=actor.worker_id).values("dossier__root_id")
        mine = Q(root__team_id__in=actor.dossier_team_ids, root__restricted=False)
        opened = self.filter(mine | Q(root_id__in=grants.values("dossier__root_id")), erased_at__isnull=True)
        return opened.exclude(root_id__in=known).filter(~Exists(_closed_side(actor, grants)))


def _closed_side(actor: "Actor", grants: "Grants") -> "models.QuerySet[Dossier]":
    """Return the sides of a merge that this actor could not open by themselves: then the whole stays closed, until a person widens it."""
    later = grants.filter(dossier__root_id=OuterRef("root_id"), pk__gt=OuterRef("narrow_from"))
    sides = Dossier.objects.filter(root_id=OuterRef("root_id"), narrow_from__isnull=False)
    sides = sides.exclude(team_id__in=actor.dossier_team_ids, restricted=False)
    return sides.filter(~Exists(grants.filter(dossier_id=OuterRef("pk"))), ~Exists(later))


def opened_by(actor: "Actor", *, hook: str = "dossier_id") -> IsNull:
    """Return the condition that the dossier a row hangs on is visible to this actor: asked row by row, never by reading all dossiers first.

    As EXISTS PostgreSQL would join it, and for some lists first work out every dossier there is (60 ms at 100,000), once for all rows.
    """
    return IsNull(opened_one(actor, hook=hook), False)


def opened_one(actor: "Actor", *, hook: str = "dossier_id") -> Subquery:
    """Return the same as a column: the dossier's ref when this actor may open it, else nothing."""
    return Subquery(Dossier.objects.visible_to(actor).filter(pk=OuterRef(hook)).values("ref")[:1])


class Dossier(Base):
    """One resident's file, or a not yet known person's (Dutch: dossier). `root`: itself, unless merged into another.

    Retention: `erase_on` is set from the start; Wmo 15 years, youth 20, welfare contact 2 years (controller's choice).
    """

    municipality = models.ForeignKey("access.Municipality", on_delete=models.PROTECT, related_name="+")
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="dossiers")
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    # Of a merge whose access was not widened: the newest grant of that moment. Who cannot open this side by itself needs a later one.
    narrow_from = models.BigIntegerField(null=True, editable=False)
    restricted = models.BooleanField(_("Restricted"), default=False)
    opened_at = models.DateTimeField()
    erase_on = models.DateField()
    legal_hold = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = Dossiers.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["team", "restricted"], name="dossier_team"),
            models.Index(fields=["root"], name="dossier_narrow", condition=Q(narrow_from__isnull=False)),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        fresh = self._state.adding and self.root_id is None
        super().save(*args, **kwargs)
        if fresh:  # a dossier is its own root: the id is known only now
            self.root_id = self.pk
            type(self).objects.filter(pk=self.pk).update(root_id=F("id"))

    def sides(self) -> Dossiers:
        """Return the dossiers that are shown as one with this one, itself among them."""
        return Dossier.objects.filter(root_id=self.root_id)

    def is_closed(self) -> bool:
        """Tell whether only named people open this dossier: any side of a merge decides, not the row at hand."""
        return self.sides().filter(restricted=True).exists()


class Sharing(Base):
    """One organisation shares with another: what, to whom, why, on which basis, with what the resident said (Dutch: delen)."""

    class Word(models.TextChoices):
        AGREED = "agreed", _("The resident agrees")
        INFORMED = "informed", _("The resident was told")
        NOT_TOLD = "not_told", _("The resident was not told, because …")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sharings")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    why = models.CharField(max_length=200)
    basis = models.CharField(max_length=120)
    resident_word = models.CharField(max_length=20, choices=Word.choices)
    word_detail = models.CharField(max_length=200, blank=True)
    by_worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(resident_word="not_told") | ~Q(word_detail=""), name="not_told_has_reason")
        ]


class Grants(models.QuerySet["Grant"]):
    """Filters by date and by whom."""

    def running(self, on: object) -> "Grants":
        """Return grants that give access on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on, ended_at__isnull=True)

    def to(self, actor: "Actor") -> "Grants":
        """Return grants to this worker, or to a team in which they see dossiers."""
        return self.filter(Q(worker_id=actor.worker_id) | Q(team_id__in=actor.dossier_team_ids))


class Grant(Base):
    """Access of one worker or team to one dossier, for a purpose, on a basis, for a time (Dutch: toegang)."""

    class Kind(models.TextChoices):
        CASEWORK = "casework", _("works with this resident")
        RESTRICTED = "restricted", _("named person of a restricted dossier")
        SHARING = "sharing", _("shared by another organisation")
        SUBSTITUTE = "substitute", _("stands in")
        BREAK_GLASS = "break_glass", _("emergency access")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="grants")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sharing = models.ForeignKey(Sharing, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purpose = models.CharField(max_length=80)
    basis = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Grants.as_manager()

    class Meta:
        indexes = [models.Index(fields=["worker", "dossier"], name="grant_worker", condition=Q(ended_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(worker__isnull=False) ^ Q(team__isnull=False), name="grant_to_one"),
            models.CheckConstraint(
                condition=~Q(kind="break_glass") | (Q(until_on__isnull=False) & ~Q(reason="")), name="break_glass_short_and_reasoned"
            ),
            models.CheckConstraint(condition=~Q(kind="sharing") | Q(sharing__isnull=False), name="sharing_grant_has_act"),
        ]


class Acquaintance(models.Model):
    """"I know this resident", or "this is me": closes the dossier for that worker, also in an emergency."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "dossier"], name="acquaintance_once")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.dossier_id}"

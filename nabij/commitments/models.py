"""The spine: Commitment, Turn, Pause, StandIn, and the plain Task."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Dossier, Membership, Municipality, Team, opened_by
from nabij.core.models import Base

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class Kind(models.TextChoices):
    """What is open; each kind has a table of its own in the room that owns it."""

    SIGNAL = "signal", _("Signal")
    CASE = "case", _("Case")
    ACTIVITY = "activity", _("Activity")
    TASK = "task", _("To do")
    CONFERENCE = "conference", _("Case conference")
    WMO = "wmo", _("Wmo track")
    MELDCODE = "meldcode", _("Reporting code")
    HANDOVER = "handover", _("Handover")


class Urgency(models.IntegerChoices):
    """How soon; the order of the list."""

    ACUTE = 0, _("Now: safety")
    SOON = 1, _("Soon")
    NORMAL = 2, _("Normal")


class Commitments(models.QuerySet["Commitment"]):
    """Filters of the board."""

    def open(self) -> "Commitments":
        return self.filter(closed_at__isnull=True)

    def due_before(self, moment: object) -> "Commitments":
        return self.filter(due_at__lt=moment)

    def visible_to(self, actor: "Actor") -> "Commitments":
        """Return what hangs on a dossier this actor may open, what they answer for, and the undossiered work of their team."""
        if actor.is_system:
            return self
        if actor.kind != "worker" or not actor.memberships:
            return self.none()
        loose = Q(team_id__in=actor.dossier_team_ids) | Q(owner_id__in=actor.membership_ids)
        return self.filter(opened_by(actor) | Q(loose, dossier__isnull=True)).known_to(actor)

    def known_to(self, actor: "Actor") -> "Commitments":
        """Leave out what only its owner may know of at all: a meldcode stands in no list and no number of anybody else, not of a substitute."""
        return self if actor.is_system else self.exclude(~Q(owner_id__in=actor.membership_ids), kind=Kind.MELDCODE)


class Commitment(Base):
    """Who must do what by when (Dutch: te doen). Openness lives only in `closed_at`.

    `owner` is always a person who answers for it (aanspreekpunt). `what`: one line without health details.
    `turned_by` and `turned_at` say who changed owner, date or openness last, and when: the database copies them into a Turn.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="commitments")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    what = models.CharField(max_length=120)
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="commitments")
    # Whose work this was until an emergency stop or a passed last day; empty as soon as somebody takes it up or hands it on.
    left_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="left_behind")
    due_at = models.DateTimeField(null=True)
    # A date that the law or an agreement sets; it does not move when `due_at` is moved.
    term_at = models.DateTimeField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.NORMAL)
    taken_at = models.DateTimeField(null=True, blank=True)
    postponed = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    turned_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    turned_at = models.DateTimeField()

    objects = Commitments.as_manager()

    class Meta:
        indexes = [
            # holds all that orders a list, so that a long one is read without opening its rows; the last is always null: SQLite looks at it
            models.Index(
                fields=["owner", "due_at", "id", "dossier", "kind", "urgency", "term_at", "closed_at"], name="board_owner", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["team", "kind", "due_at", "id"], name="board_team", condition=Q(closed_at__isnull=True)),
            # in the order in which what came in is shown: a page of a queue of thousands reads the first few
            models.Index(
                fields=["team", "kind", "urgency", "due_at", "id"], name="queue_team", condition=Q(closed_at__isnull=True, taken_at__isnull=True)
            ),
            models.Index(fields=["dossier", "closed_at"], name="commitment_dossier"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(closed_at__isnull=False) | Q(owner__isnull=False), name="open_has_owner"),
            models.CheckConstraint(condition=Q(closed_at__isnull=False) | Q(due_at__isnull=False), name="open_has_date"),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | ~Q(outcome=""), name="closed_has_outcome"),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="closed_after_opened"),
            models.CheckConstraint(condition=~Q(what=""), name="commitment_says_what"),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        owner = self.owner.worker_id if self.owner_id else None
        return Reach(self.team_id, self.team.controller_id, self.municipality_id, owner, self.dossier_id)


class OnCommitments(models.QuerySet["OnCommitment"]):
    """The guard of everything that can be open: visible when its commitment is."""

    def visible_to(self, actor: "Actor") -> "OnCommitments":
        return self.filter(models.Exists(Commitment.objects.visible_to(actor).filter(pk=models.OuterRef("commitment_id"))))


class OnCommitment(Base):
    """Base of everything that can be open: the row and its commitment share one key, so there is at most one of each."""

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, primary_key=True, related_name="%(class)s")

    objects = OnCommitments.as_manager()

    class Meta:
        abstract = True


class Turn(models.Model):
    """Who answered for it from a moment on, and by when (append-only; written by the database itself).

    The turn that counts on a day is the last one at or before it, so "who answered for this resident then" is one query.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="turns")
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    from_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)  # filled when this turn is the end

    class Meta:
        indexes = [models.Index(fields=["commitment", "from_at", "id"], name="turn_commitment")]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.from_at:%Y-%m-%d}"


class Pause(Base):
    """Deliberately nothing, until a date (Dutch: even niets doen tot). It keeps its owner; `look_again_on` is the next date."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="pauses")
    reason = models.TextField()
    agreed_with = models.CharField(max_length=120)
    look_again_on = models.DateField()
    sooner_if = models.TextField()
    from_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment"], condition=Q(ended_at__isnull=True), name="one_running_pause"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(sooner_if="") & ~Q(agreed_with=""), name="pause_is_explained"),
        ]


class StandIns(models.QuerySet["StandIn"]):
    """Filters by date."""

    def running(self, on: object) -> "StandIns":
        """Return who is replaced on a day."""
        return self.filter(from_on__lte=on, until_on__gte=on, ended_at__isnull=True)

    def ahead(self, on: object) -> "StandIns":
        """Return what runs on a day or begins later."""
        return self.filter(until_on__gte=on, ended_at__isnull=True)


class StandIn(Base):
    """An absence and who answers meanwhile, from a day until a day (Dutch: vervanger). It returns by itself.

    Without a substitute it is the team's queue: who is on duty that day, else the lead. Why somebody is away is not kept.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="stand_ins")
    substitute = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="stands_in_for")
    from_on = models.DateField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StandIns.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="stand_in_until_after_from"),
            models.CheckConstraint(condition=~Q(membership=F("substitute")), name="stand_in_is_another"),
        ]

    @property
    def purpose(self) -> str:
        """Return the purpose that grants of this absence carry, so that they end with it."""
        return f"stand-in {self.ref}"


class Task(OnCommitment):
    """A plain thing to do that no other room owns: aftercare, a second look, a call back (Dutch: klus)."""

    class Reason(models.TextChoices):
        TO_DO = "todo", _("to do")
        AFTERCARE = "aftercare", _("aftercare after a death")
        MOVED = "moved", _("moved: hand over well")
        BLOCKED = "blocked", _("a colleague's account was blocked")
        IMPORTED = "imported", _("taken over from another system")

    reason = models.CharField(max_length=20, choices=Reason.choices, default=Reason.TO_DO)
    note = models.TextField(blank=True)

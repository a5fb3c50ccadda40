"""Files of arrears, the arrears themselves, who tried to reach whom, and what goes back."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Membership, Team, Worker
from nabij.commitments.models import Commitment
from nabij.contacts.models import Contact
from nabij.core.models import Base
from nabij.papers.models import Paper
from nabij.partners.models import Partner
from nabij.signals.models import Signal

if TYPE_CHECKING:
    from nabij.access.actor import Actor


class OfTeams(models.QuerySet["DebtFile"]):
    """The guard of files: the team for which they came."""

    def visible_to(self, actor: "Actor") -> "OfTeams":
        return self if actor.is_system else self.filter(team_id__in=actor.dossier_team_ids)


class DebtFile(Base):
    """A file of a partner with payment arrears (Dutch: vroegsignaalbestand). First only checked; taking it in can stop and go on."""

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked, nothing taken in yet")
        RUNNING = "running", _("Being taken in")
        DONE = "done", _("Taken in")
        DROPPED = "dropped", _("Thrown away")

    TRANSITIONS = {
        State.CHECKED: {State.RUNNING, State.DROPPED},
        State.RUNNING: {State.DONE},
        State.DONE: {State.RUNNING},
    }

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKED)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    rows = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    known = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)  # how far the run is, in rows
    unused = models.JSONField(default=list)  # columns that we do not know
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True)  # machine and process of the run
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = OfTeams.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "digest"], condition=~Q(state="dropped"), name="debt_file_once"),
            models.CheckConstraint(condition=~Q(state="done") | Q(finished_at__isnull=False), name="done_file_has_moment"),
        ]

    @property
    def good(self) -> int:
        """Return how many rows can be taken in."""
        return self.rows - self.refused

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        return Reach(self.team_id, self.team.controller_id, self.team.municipality_id)


class RefusedRow(models.Model):
    """One row of a file that cannot be taken in (Dutch: afgekeurde regel): its line and why. No fact about a person stands in it."""

    file = models.ForeignKey(DebtFile, on_delete=models.PROTECT, related_name="refused_rows")
    line = models.PositiveIntegerField()
    reasons = models.JSONField()  # [[code, detail], ..]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "line"], name="refused_row_once")]
        ordering = ["line"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.line}"


class Debts(models.QuerySet["Debt"]):
    """The guard: visible when its signal is."""

    def visible_to(self, actor: "Actor") -> "Debts":
        return self.filter(Exists(Signal.objects.visible_to(actor).filter(pk=OuterRef("signal_id"))))


class Debt(Base):
    """The facts of one payment arrear that a partner told us about (Dutch: betalingsachterstand); the signal says who answers for it.

    `digest`: of partner, reference and day, so that it comes in once. `amount` in euros. `basis`: the legal ground. `result`: the coarse
    code for the partner.
    """

    class Threat(models.TextChoices):
        EVICTION = "eviction", _("Eviction")
        CUT_OFF = "cut_off", _("Cut-off of gas, electricity, heat or water")
        INSURANCE = "insurance", _("End of the health insurance")

    class Result(models.TextChoices):
        HELPED = "helped", _("Reached and helped")
        NO_NEED = "no_need", _("Reached, no help wanted")
        NOT_REACHED = "not_reached", _("Not reached")
        MOVED = "moved", _("Moved")
        UNKNOWN = "unknown", _("Not known")

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, primary_key=True, related_name="debt")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(DebtFile, on_delete=models.PROTECT, null=True, blank=True, related_name="debts")
    line = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    reference = models.CharField(max_length=60)
    surname = models.CharField(max_length=100)
    given_names = models.CharField(max_length=100, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    street = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=12, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    place = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    arisen_on = models.DateField(null=True, blank=True)
    signalled_on = models.DateField()
    threat = models.CharField(max_length=10, choices=Threat.choices, blank=True)
    warm_contact = models.BooleanField(default=False)
    basis = models.CharField(max_length=120)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    result_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)  # when the result last went to the partner
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = Debts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "digest"], name="debt_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="debt_amount_above_zero"),
            models.CheckConstraint(condition=Q(result="", result_at__isnull=True) | (~Q(result="") & Q(result_at__isnull=False)), name="debt_result_has_moment"),
        ]

    @property
    def commitment(self) -> Commitment:
        return self.signal.commitment


class DebtAttempt(Base):
    """One try to reach somebody about arrears (Dutch: contactpoging), before or after we know who it is."""

    debt = models.ForeignKey(Debt, on_delete=models.PROTECT, related_name="attempts")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    medium = models.CharField(max_length=10, choices=Contact.Medium.choices)
    reached = models.BooleanField()
    part_of_day = models.CharField(max_length=10, choices=Contact.PartOfDay.choices)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["debt", "-happened_at"], name="debt_attempt_when")]

    @property
    def commitment(self) -> Commitment:
        return self.debt.commitment


class ResultFile(Base):
    """One file with coarse results that went to a partner (Dutch: terugmelding): how many, when and by whom; only codes were in it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    rows = models.PositiveIntegerField()

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        return Reach(self.team_id, self.team.controller_id, self.team.municipality_id)

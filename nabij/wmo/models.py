"""The track, its topics, what moved its terms, and where a municipality keeps it."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Membership, Municipality
from nabij.casework.models import Case
from nabij.commitments.models import Commitment, OnCommitment
from nabij.core.models import Base
from nabij.signals.models import Signal

from .terms import DECISION, INQUIRY, PLAN, Span, Term, moved_end

if TYPE_CHECKING:
    from nabij.access.actor import Actor

MOVE_KINDS = [("suspend", _("Suspended")), ("extend", _("Extended"))]


class Keeping(Base):
    """Where a municipality keeps the tracks that start from now on (Dutch: waar loopt de Wmo-melding): here, or in another system."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="wmo_keeping")
    here = models.BooleanField(default=True)
    system = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(here=True) | ~Q(system=""), name="kept_elsewhere_says_where")]

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        return Reach(municipality_id=self.municipality_id)


class Track(OnCommitment):
    """The track of one Wmo report of one resident (Dutch: Wmo-traject), from the day of receipt.

    Kept here: receipt confirmed, client support told, own plan, topics, written result, request and decision. Kept elsewhere: the system and
    its reference. Either way its commitment has an owner and a date.
    """

    class Follows(models.TextChoices):
        NOTHING = "nothing", _("Nothing more is asked: the track ends here")
        REQUEST = "request", _("The resident asks for a decision")

    class Answer(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Partly granted")
        REFUSED = "refused", _("Not granted")

    class End(models.TextChoices):
        TAKEN_BACK = "taken_back", _("The resident takes the question back")
        SETTLED = "settled", _("Settled in the other system")
        MOVED = "moved", _("Moved to another municipality")
        DECEASED = "deceased", _("The resident has died")

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, null=True, blank=True, related_name="wmo_track")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="wmo_tracks")
    received_on = models.DateField()
    # As agreed in the region when the track began: an agreement of later moves no term that runs.
    plan_days = models.PositiveSmallIntegerField(default=PLAN.days)
    inquiry_days = models.PositiveSmallIntegerField(default=INQUIRY.days)
    decision_days = models.PositiveSmallIntegerField(default=DECISION.days)
    kept_here = models.BooleanField(default=True)
    system = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=120, blank=True)
    support_on = models.DateField(null=True, blank=True)
    support_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    plan_received = models.BooleanField(null=True, blank=True)
    plan_on = models.DateField(null=True, blank=True)
    urgent_on = models.DateField(null=True, blank=True)
    urgent_what = models.CharField(max_length=300, blank=True)
    result_on = models.DateField(null=True, blank=True)
    result_words = models.TextField(blank=True)
    follows = models.CharField(max_length=8, choices=Follows.choices, blank=True)
    requested_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kept_here=True) | ~Q(system=""), name="track_elsewhere_says_where"),
            models.CheckConstraint(condition=Q(confirmed_on__isnull=True) | ~Q(confirmed_how=""), name="confirmed_says_how"),
            models.CheckConstraint(condition=Q(support_on__isnull=True, support_by__isnull=True) | Q(support_on__isnull=False, support_by__isnull=False), name="support_says_who"),
            models.CheckConstraint(condition=Q(urgent_on__isnull=True) | ~Q(urgent_what=""), name="urgent_says_what"),
            models.CheckConstraint(condition=Q(result_on__isnull=True) | ~Q(result_words=""), name="result_has_words"),
            models.CheckConstraint(condition=Q(result_on__isnull=True) | Q(result_on__gte=F("received_on")), name="result_after_receipt"),
            models.CheckConstraint(condition=Q(decided_on__isnull=True) | (~Q(answer="") & Q(requested_on__isnull=False)), name="decision_answers_request"),
        ]

    def spans(self, phase: str) -> list[Span]:
        """Return what moved the term of a phase."""
        return [Span(move.kind == "extend", move.from_on, move.until_on) for move in self.moves.all() if move.phase == phase]

    @property
    def terms(self) -> dict[str, Term]:
        """Return the three terms of this track, each with its source."""
        days = {"plan": (PLAN, self.plan_days), "inquiry": (INQUIRY, self.inquiry_days), "decision": (DECISION, self.decision_days)}
        return {name: replace(shipped, days=count) for name, (shipped, count) in days.items()}

    @property
    def plan_by(self) -> date:
        return moved_end(start=self.received_on, term=self.terms["plan"])

    @property
    def inquiry_by(self) -> date:
        return moved_end(start=self.received_on, term=self.terms["inquiry"], spans=self.spans(Move.Phase.INQUIRY))

    @property
    def request_after(self) -> date:
        """Return the last day on which the inquiry comes before a request (Wmo 2015 art. 2.3.2 lid 9): nothing that we put off moves it."""
        return moved_end(start=self.received_on, term=self.terms["inquiry"])

    @property
    def decide_by(self) -> date | None:
        return moved_end(start=self.requested_on, term=self.terms["decision"], spans=self.spans(Move.Phase.DECISION)) if self.requested_on else None

    @property
    def phase(self) -> str:
        """Return which term runs: that of the decision once a decision was asked for, else that of the inquiry."""
        return str(Move.Phase.DECISION if self.requested_on else Move.Phase.INQUIRY)

    @property
    def runs_until(self) -> date:
        """Return the last day of the term that runs."""
        return self.decide_by or self.inquiry_by


class OnTracks(models.QuerySet[models.Model]):
    """The guard: visible when the track is."""

    def visible_to(self, actor: "Actor") -> "OnTracks":
        return self.filter(models.Exists(Track.objects.visible_to(actor).filter(pk=models.OuterRef("track_id"))))


class Topic(Base):
    """One topic of the inquiry (Wmo 2015 art. 2.3.2 lid 4; Dutch: onderwerp van het onderzoek): discussed or not applicable, with words."""

    class About(models.TextChoices):
        NEEDS = "needs", _("Needs, wishes and person")
        STRENGTH = "strength", _("What somebody can do alone")
        NETWORK = "network", _("Family, friends and informal carer")
        CARER = "carer", _("Support for the informal carer")
        GENERAL = "general", _("What is there for everybody")
        TOGETHER = "together", _("Working together with care, work and income")
        PAYING = "paying", _("Own contribution")

    class State(models.TextChoices):
        DISCUSSED = "discussed", _("Discussed")
        NOT_APPLICABLE = "na", _("Does not apply")

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="topics")
    about = models.CharField(max_length=10, choices=About.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OnTracks.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["track", "about"], name="topic_once")]

    @property
    def commitment(self) -> Commitment:
        return self.track.commitment


class Move(Base):
    """One act that moves a term (Dutch: opschorting, verlenging): on which ground, from when until when, by whom, told to the resident."""

    class Phase(models.TextChoices):
        INQUIRY = "inquiry", _("inquiry")
        DECISION = "decision", _("decision")

    class Ground(models.TextChoices):
        INFORMATION = "information", _("Something is still missing that the resident will send")
        AGREED = "agreed", _("The resident agrees to wait")
        AWAY = "away", _("The resident is away, ill or admitted")
        ADVICE = "advice", _("We wait for the advice of an expert")
        OTHER = "other", _("Something else")

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=8, choices=MOVE_KINDS)
    phase = models.CharField(max_length=8, choices=Phase.choices)
    ground = models.CharField(max_length=12, choices=Ground.choices)
    words = models.CharField(max_length=300, blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    told_on = models.DateField()
    told_how = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OnTracks.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="move_lasts"),
            models.CheckConstraint(condition=~Q(ground="other") | ~Q(words=""), name="other_ground_in_words"),
        ]

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days

"""What was decided, by whom, with whose second word, and what the reporter heard."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Worker
from nabij.commitments.models import Commitment
from nabij.core.models import Base

from .signals import Signal


class Decision(Base):
    """One decision about a signal (Dutch: besluit bij het verdelen).

    Unsafe, or about a child: "nothing" and "advice" wait for a second person's word (table and trigger both refuse otherwise).
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answered or advised")
        LINK = "link", _("Belongs to a resident we already help")
        CASE = "case", _("Taken up: a case is opened")
        NOTHING_UNTIL = "nothing_until", _("Nothing for now, until a date")
        NOTHING = "nothing", _("Nothing, with a reason")
        DUPLICATE = "duplicate", _("The same worry came in before")
        PASSED_ON = "passed_on", _("Passed on to another organisation")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        STANDS = "stands", _("Stands")
        TURNED_DOWN = "turned_down", _("The second person said no")
        WITHDRAWN = "withdrawn", _("Reopened afterwards")

    class Feedback(models.TextChoices):
        MAILED = "mailed", _("By mail")
        CALLED = "called", _("By telephone or in person")
        TO_CALL = "to_call", _("We still call")
        IMPOSSIBLE = "impossible", _("Not possible: we cannot reach the reporter")
        NONE = "none", _("Not needed: the reporter is a colleague")
        TOLD = "told", _("Already told")
        LATER = "later", _("With the next decision")

    TRANSITIONS = {State.WAITING: {State.STANDS, State.TURNED_DOWN, State.WITHDRAWN}, State.STANDS: {State.WITHDRAWN}}

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STANDS)
    reason = models.TextField(blank=True)
    until_on = models.DateField(null=True, blank=True)
    # Of "nothing until": kept here too, because a second person may still have to agree before the pause begins.
    agreed_with = models.CharField(max_length=120, blank=True)
    sooner_if = models.TextField(blank=True)
    duplicate_of = models.ForeignKey(Signal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    needs_second = models.BooleanField(default=False)
    second = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    second_words = models.CharField(max_length=300, blank=True)
    feedback = models.CharField(max_length=12, choices=Feedback.choices)
    feedback_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="stands") | Q(needs_second=False) | Q(second__isnull=False), name="second_word_before_it_stands"
            ),
            models.CheckConstraint(condition=Q(second__isnull=True) | ~Q(second=F("by")), name="second_is_another_person"),
            models.CheckConstraint(condition=~Q(kind__in=["nothing", "nothing_until", "passed_on"]) | ~Q(reason=""), name="nothing_has_reason"),
            models.CheckConstraint(condition=~Q(kind="nothing_until") | Q(until_on__isnull=False), name="until_has_date"),
            models.CheckConstraint(condition=~Q(kind="duplicate") | Q(duplicate_of__isnull=False), name="duplicate_of_what"),
            models.UniqueConstraint(fields=["signal"], condition=Q(state="waiting"), name="one_waiting_decision"),
        ]

    @property
    def commitment(self) -> Commitment:
        return self.signal.commitment

"""The signal itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.models import Membership, Neighbourhood
from nabij.commitments.models import OnCommitment
from nabij.papers.models import Paper


class Signal(OnCommitment):
    """A worry about somebody, a question of one's own, or something about a street or group (Dutch: signaal).

    When somebody asks for support it is a Wmo report from the moment of receipt (Wmo 2015 art. 2.3.2): `asks_support`.
    The receipt number is kept only as a keyed fingerprint.
    """

    class Channel(models.TextChoices):
        FORM = "form", _("Public form")
        PHONE = "phone", _("Telephone")
        WALK_IN = "walk_in", _("At the counter")
        EMAIL = "email", _("E-mail")
        PARTNER = "partner", _("Partner")
        STREET = "street", _("Heard in the neighbourhood")
        DEBT = "debt", _("Payment arrears")

    class About(models.TextChoices):
        SELF = "self", _("The reporter's own question")
        PERSON = "person", _("Somebody else")
        PLACE = "place", _("A street or a group")

    class Suspicion(models.TextChoices):
        TRAP = "trap", _("A field was filled in that people do not see")
        FAST = "fast", _("Filled in within a few seconds")
        TOKEN = "token", _("Sent without opening our page")
        MANY = "many", _("Many messages from one address")

    channel = models.CharField(max_length=10, choices=Channel.choices)
    about = models.CharField(max_length=8, choices=About.choices)
    who = models.CharField(_("Who is it about"), max_length=200, blank=True)
    place = models.CharField(_("Where"), max_length=200, blank=True)
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("What is going on"))
    received_at = models.DateTimeField()
    # Why the public form thought that a program filled it in; it is kept all the same, for it may be a real worry.
    suspicion = models.CharField(max_length=10, choices=Suspicion.choices, blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unsafe = models.BooleanField(_("Somebody is not safe"), default=False)
    about_child = models.BooleanField(_("It is about a child"), default=False)
    asks_support = models.BooleanField(_("Does somebody ask for support?"), null=True, blank=True)
    receipt_mark = models.CharField(max_length=64, unique=True, null=True, blank=True)
    # The day on which the status page says that we are done, whatever was decided.
    done_shown_on = models.DateField()
    source_key = models.CharField(max_length=80, unique=True, null=True, blank=True)  # e.g. the mail it came from: once only

    class Meta:
        indexes = [
            models.Index(fields=["recorded_by", "-received_at"], name="signal_recorded_by"),
            models.Index(fields=["neighbourhood", "-received_at"], name="signal_neighbourhood"),
            # earlier signals that one may repeat: the newest first, until there are enough
            models.Index(fields=["-received_at"], name="signal_received"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="signal_has_words"),
            models.CheckConstraint(condition=~Q(who="") | ~Q(place="") | Q(about="self"), name="signal_says_who_or_where"),
        ]

    @property
    def at_risk(self) -> bool:
        """Tell whether nothing or advice needs a second person's word."""
        return self.unsafe or self.about_child

    @property
    def title(self) -> str:
        """Return who or where, as it was said; of a message by e-mail its subject."""
        return self.who or self.place or str(self.get_about_display())


class SignalPaper(models.Model):
    """A file that came with a signal."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="signal_papers")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.signal_id} {self.paper_id}"

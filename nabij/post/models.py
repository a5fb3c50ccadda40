"""Received messages with what became of them, their files, and the outbox."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nabij.access.doors import Reach
from nabij.access.models import Team
from nabij.core.fields import EncryptedTextField
from nabij.core.models import Base
from nabij.papers.models import Paper
from nabij.post.parse import Refusal

if TYPE_CHECKING:
    from nabij.access.actor import Actor

REFUSAL_WORDS = {
    Refusal.EMPTY: _("There is nothing in it."),
    Refusal.TOO_LARGE: _("It is too large. Ask the sender to mail without pictures, or to call."),
    Refusal.SPAM: _("It looks like advertising."),
    Refusal.NEWSLETTER: _("It is a newsletter."),
    Refusal.AUTOMATIC_REPLY: _("It is an automatic reply."),
    Refusal.BOUNCE: _("A mail of ours could not be delivered."),
    Refusal.NOT_MAIL: _("It is no e-mail message."),
}


class Incomings(models.QuerySet["Incoming"]):
    """Filters of received mail."""

    def waiting(self) -> "Incomings":
        return self.filter(state=Incoming.State.RECEIVED)

    def refused(self) -> "Incomings":
        return self.filter(state=Incoming.State.REFUSED)

    def visible_to(self, actor: "Actor") -> "Incomings":
        """Return the mail of the teams whose ordinary dossiers this actor may open."""
        if actor.is_system:
            return self
        return self.filter(team_id__in=actor.dossier_team_ids)


class Incoming(Base):
    """One message that came in at a team's address (Dutch: binnengekomen bericht), and what became of it.

    `digest` makes it arrive once, however often it is delivered or imported. `text`: the new words; `quoted`: the older
    ones below; `thread_ids`: ids of older messages it belongs to; `raw`: the whole message as it came. `about_kind`,
    `about_ref`: the record that it became.
    """

    class State(models.TextChoices):
        """What became of it."""

        RECEIVED = "received", _("To be handled")
        SIGNAL = "signal", _("Became a signal")
        LINKED = "linked", _("Added to what we already knew")
        REFUSED = "refused", _("Refused")

    digest = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=320, db_index=True)
    source = models.CharField(max_length=300)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    from_address = EncryptedTextField(blank=True)
    from_name = EncryptedTextField(blank=True)
    subject = EncryptedTextField(blank=True)
    text = EncryptedTextField(blank=True)
    quoted = EncryptedTextField(blank=True)
    signature = EncryptedTextField(blank=True)
    thread_ids = models.JSONField(default=list, blank=True)
    is_forward = models.BooleanField(default=False)
    is_generated = models.BooleanField(default=False)
    size = models.PositiveBigIntegerField()
    raw = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    refusal = models.CharField(max_length=20, blank=True)
    evidence = models.CharField(max_length=100, blank=True)
    about_kind = models.CharField(max_length=20, blank=True)
    about_ref = models.CharField(max_length=20, blank=True, db_index=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = Incomings.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="incoming_waiting", condition=Q(state="received")),
            models.Index(fields=["team", "-id"], name="incoming_refused", condition=Q(state="refused")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="refused") & ~Q(refusal="")) | (~Q(state="refused") & Q(refusal="")),
                name="refused_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["signal", "linked"]) & ~Q(about_kind="") & ~Q(about_ref=""))
                | (Q(state__in=["received", "refused"]) & Q(about_kind="", about_ref="")),
                name="handled_mail_has_record",
            ),
            models.CheckConstraint(
                condition=(Q(state="received") & Q(handled_at__isnull=True))
                | (~Q(state="received") & Q(handled_at__isnull=False)),
                name="handled_mail_has_moment",
            ),
        ]

    @property
    def story(self) -> str:
        """The words to read first: of a forwarded message also what was forwarded, without any words its subject."""
        if self.is_forward or not self.text:
            return "\n\n".join(part for part in (self.text, self.quoted) if part) or self.subject
        return self.text

    @property
    def may_be_answered(self) -> bool:
        """Tell whether an answer reaches a person: no machine, no address that nobody reads."""
        local = self.from_address.partition("@")[0].replace("-", "").replace("_", "")
        nobody = ("noreply", "geenantwoord", "geenreactie", "donotreply", "mailerdaemon", "postmaster")
        return bool(local) and not self.is_generated and not local.startswith(nobody)

    @property
    def refusal_words(self) -> str:
        """The reason of refusal in the reader's language."""
        return str(REFUSAL_WORDS[Refusal(self.refusal)]) if self.refusal else ""

    def reach(self) -> Reach:
        """Return where this belongs, for the doors."""
        return Reach(self.team_id, self.team.controller_id, self.team.municipality_id)


class IncomingFile(models.Model):
    """One file that came with a message (Dutch: bijlage). `inline`: a picture that stood between the words."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="files")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    inline = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.incoming_id} {self.paper_id}"


class Outgoings(models.QuerySet["Outgoing"]):
    """Filters of the outbox."""

    def waiting(self) -> "Outgoings":
        return self.filter(sent_at__isnull=True, cancelled_at__isnull=True, gave_up_at__isnull=True)

    def undelivered(self) -> "Outgoings":
        return self.filter(Q(gave_up_at__isnull=False) | Q(bounced_at__isnull=False))


class Outgoing(Base):
    """One mail to be sent (Dutch: uitgaand bericht), written in the transaction of the act it tells about.

    No name and no health fact stands in it. `claimed_at`: a sender is busy with it; `not_before`: the next try.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Not sent any more")
        GAVE_UP = "gave_up", _("Could not be sent")
        BOUNCED = "bounced", _("Came back: the address does not work")

    to = EncryptedTextField()
    subject = models.CharField(max_length=150)
    body = EncryptedTextField()
    about_kind = models.CharField(max_length=20, blank=True)
    about_ref = models.CharField(max_length=20, blank=True, db_index=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)

    objects = Outgoings.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="outgoing_due",
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True, gave_up_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True)
                | Q(sent_at__isnull=True, gave_up_at__isnull=True)
                | Q(cancelled_at__isnull=True, gave_up_at__isnull=True),
                name="mail_ends_once",
            ),
            models.CheckConstraint(condition=Q(gave_up_at__isnull=True) | ~Q(last_error=""), name="gave_up_has_error"),
        ]

    @property
    def message_id(self) -> str:
        """The id under which it is sent, every try the same: a reply names it, and a double delivery shows once."""
        return f"{self.ref}@{settings.MAIL_DOMAIN}"

    @property
    def state(self) -> "State":
        """What became of it."""
        ends = {"bounced_at": "BOUNCED", "gave_up_at": "GAVE_UP", "cancelled_at": "CANCELLED", "sent_at": "SENT"}
        return next((self.State[name] for moment, name in ends.items() if getattr(self, moment)), self.State.WAITING)

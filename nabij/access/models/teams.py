"""Teams in changing composition: memberships with dates, areas, the duty rota."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nabij.core.models import Base

from .places import Controller, Municipality, Neighbourhood
from .roles import PAID_ONLY_ROLES, Role
from .workers import Worker


class Team(Base):
    """A group that answers for an area or a subject (Dutch: team). A team with anything open has a lead and a substitute (trigger)."""

    class Kind(models.TextChoices):
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood team")
        FRONT_DOOR = "front_door", _("Front-door team")
        OFFICE = "office", _("Office")

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="teams")
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices, default=Kind.NEIGHBOURHOOD)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    lead = models.ForeignKey("Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lead_substitute = models.ForeignKey("Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Colleagues open only what was given to them.
    assigned_only = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) | Q(lead_substitute__isnull=True) | ~Q(lead=F("lead_substitute")),
                name="lead_is_not_own_substitute",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TeamArea(models.Model):
    """Which neighbourhood a team works in, from when until when."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="areas")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.team_id} {self.neighbourhood_id}"


class Memberships(models.QuerySet["Membership"]):
    """Filters by date."""

    def on(self, day: object) -> "Memberships":
        """Return memberships that give access on a day: begun, not ended, not past their planned end."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day, ended_at__isnull=True)


class Membership(Base):
    """A worker's place in a team for a time (Dutch: plek in het team).

    `until_on` is a plan; `ended_at` is a fact, set only by an action or the sweep. An ended membership cannot own what is open (trigger).
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=30, choices=Role.choices)
    paid = models.BooleanField(_("Paid"), default=True)
    hours_per_week = models.DecimalField(_("Hours per week"), max_digits=4, decimal_places=1, null=True, blank=True)
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Memberships.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "team", "role"], condition=Q(ended_at__isnull=True), name="one_running_membership"
            ),
            models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="member_until_after_from"),
            models.CheckConstraint(condition=Q(paid=True) | ~Q(role__in=sorted(PAID_ONLY_ROLES)), name="role_needs_paid"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.role}"


class ActingLeads(models.QuerySet["ActingLead"]):
    """Filters by date."""

    def running(self, on: object) -> "ActingLeads":
        """Return who acts as lead on a day."""
        return self.filter(from_on__lte=on, until_on__gte=on, ended_at__isnull=True)


class ActingLead(Base):
    """Who may do what the team lead may, while the lead is away; it ends by itself (Dutch: waarnemend teamleider)."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="acting_leads")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="acts_as_lead")
    from_on = models.DateField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ActingLeads.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="acting_until_after_from")]


class DutyTurn(models.Model):
    """Who reads and takes what comes in on a day (Dutch: dienst vandaag)."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="duty_turns")
    on = models.DateField()
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "on"], name="one_on_duty")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.on}"

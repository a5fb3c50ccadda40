"""The functions people have, and how far a permission reaches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does in a team (Dutch: functie)."""

    WORKER = "worker", _("Neighbourhood team worker")
    LEAD = "lead", _("Team lead")
    VOLUNTEER = "volunteer", _("Team volunteer")
    COUNTER = "counter", _("Counter worker")
    GGD = "ggd", _("Mental-health outreach worker")
    VOLUNTEER_COORDINATOR = "volunteer_coordinator", _("Volunteer coordinator")
    YOUTH_WORKER = "youth_worker", _("Youth worker")
    DIRECTORY_EDITOR = "directory_editor", _("Directory editor")
    POLICY_ADVISER = "policy_adviser", _("Policy adviser")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    ADMINISTRATOR = "administrator", _("Functional administrator")


class Scope(models.TextChoices):
    """How far a permission reaches from the membership that carries it."""

    OWN = "own", _("only what they answer for or were given")
    TEAM = "team", _("their own team")
    CONTROLLER = "controller", _("their own organisation")
    MUNICIPALITY = "municipality", _("their own municipality")


# These see the dossiers of their team without a grant, when paid.
DOSSIER_ROLES = {Role.WORKER, Role.LEAD}
# These may not be held by a volunteer.
PAID_ONLY_ROLES = {Role.LEAD, Role.COUNTER, Role.GGD, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.POLICY_ADVISER}
MANAGING_ROLES = {Role.ADMINISTRATOR}

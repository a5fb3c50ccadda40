"""The person who logs in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from nabij.core.models import Base


class Workers(BaseUserManager["Worker"]):
    """Makes workers; log-in names are compared without regard to capitals."""

    def get_by_natural_key(self, email: str | None) -> "Worker":
        return self.get(email__iexact=email)


class Worker(AbstractBaseUser, Base):
    """Somebody who works with Nabij, paid or volunteer (Dutch: medewerker of vrijwilliger). What they may do follows from memberships."""

    email = models.EmailField(_("E-mail address"))
    name = models.CharField(_("Name"), max_length=120)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    # Spoken besides Dutch, in the worker's own words, with commas.
    languages = models.CharField(_("Languages besides Dutch"), max_length=120, blank=True)
    # Where the log-in was made: who keeps it in order until there is a place in a team.
    made_in = models.ForeignKey("access.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    # A log-in of the demonstration municipality: loopback address only.
    is_demo = models.BooleanField(default=False)
    blocked_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = Workers()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="worker_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False  # Django's own permissions are not used: see doors

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.core.errors import Absent, Refused
from nabij.upkeep.actions import erase_dossier
from nabij.upkeep.subjects import dossier_numbered, officer_named


class Command(BaseCommand):
    help = "Erase a dossier with everything merged into it, for good (GDPR art. 17). An anonymous skeleton stays, and a line in the record."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("number", help="number of the dossier: the last part of the address of the resident's page")
        parser.add_argument("--as", dest="email", required=True, help="e-mail address of the privacy officer who decided it")
        parser.add_argument("--reason", default="", help="needed before the keeping time is over")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            actor = officer_named(email=options["email"], at=at)
            erase_dossier(actor=actor, at=at, dossier=dossier_numbered(ref=options["number"]), reason=options["reason"])
        except Refused as refused:
            raise CommandError(refused.message) from None
        except Absent:
            raise CommandError(_("There is no such dossier in the organisation of this privacy officer.")) from None
        self.stdout.write(_("Erased: %(number)s.") % {"number": options["number"]})

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.core.errors import Absent, Refused
from nabij.upkeep.actions import export_dossier
from nabij.upkeep.subjects import dossier_numbered, officer_named, write_copy


class Command(BaseCommand):
    help = "Write all that is kept about one resident to a JSON file (GDPR art. 15). Read it through before it is handed over."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("number", help="number of the dossier: the last part of the address of the resident's page")
        parser.add_argument("file", type=Path, help="a file that is not there yet")
        parser.add_argument("--as", dest="email", required=True, help="e-mail address of the privacy officer who asked for it")

    def handle(self, *args: Any, **options: Any) -> None:
        at, file = timezone.now(), options["file"]
        if file.exists():
            raise CommandError(_("%(file)s is there already.") % {"file": file})
        try:
            actor = officer_named(email=options["email"], at=at)
            write_copy(copy=export_dossier(actor=actor, at=at, dossier=dossier_numbered(ref=options["number"])), file=file)
        except Refused as refused:
            raise CommandError(refused.message) from None
        except Absent:
            raise CommandError(_("There is no such dossier in the organisation of this privacy officer.")) from None
        self.stdout.write(_("Written to %(file)s. Read it through before it is handed over.") % {"file": file})

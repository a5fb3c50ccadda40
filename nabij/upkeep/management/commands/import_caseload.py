from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.progress import track

from nabij.access.actor import Actor, worker_actor
from nabij.access.models import Role, Worker
from nabij.core.errors import Refused
from nabij.upkeep.caseload.reading import Sheet, read_sheet
from nabij.upkeep.caseload.taking_in import Outcome, take_in, write_refused


class Command(BaseCommand):
    help = "Take over an existing caseload from a CSV or XLSX file: docs/how-to/import-a-caseload.md lists the columns."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as", dest="email", required=True, help="e-mail address of the functional administrator who imports"
        )
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
        parser.add_argument("--errors", type=Path, help="write the refused rows to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sheet = read_sheet(path=options["file"])
            actor = self.administrator(options["email"])
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        progress = (lambda lines: track(lines, description=_("Rows"))) if self.stdout.isatty() else iter
        outcome = take_in(actor=actor, at=actor.at, sheet=sheet, dry_run=options["dry_run"], progress=progress)
        if options["errors"]:
            write_refused(path=options["errors"], sheet=sheet, refused=outcome.refused)
        self.tell(sheet, outcome, options["dry_run"])

    def administrator(self, email: str) -> Actor:
        worker = Worker.objects.filter(email__iexact=email).first()
        actor = worker_actor(worker, at=timezone.now()) if worker else None
        if actor is None or Role.ADMINISTRATOR not in actor.functions:
            raise Refused(
                _("%(email)s is not a functional administrator. Give the address of one with --as.") % {"email": email}
            )
        return actor

    def tell(self, sheet: Sheet, outcome: Outcome, dry_run: bool) -> None:
        if sheet.unknown:
            self.stdout.write(_("Not used: %(columns)s") % {"columns": ", ".join(sheet.unknown)})
        for line, reason in outcome.refused:
            self.stderr.write(_("line %(number)d: %(reason)s") % {"number": line.number, "reason": reason})
        counted = outcome.summary
        self.stdout.write(
            counted if not dry_run else _("Nothing was kept: this was a try-out. %(counted)s") % {"counted": counted}
        )

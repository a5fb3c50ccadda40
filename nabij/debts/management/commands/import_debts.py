from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from nabij.access.actor import system_actor
from nabij.core.errors import Absent, Refused
from nabij.debts.actions import drop_file, keep_file
from nabij.debts.models import DebtFile
from nabij.debts.queries import refused_of
from nabij.debts.refusals import refused_csv
from nabij.debts.taking_in import take_in
from nabij.partners.queries import partner_named


class Command(BaseCommand):
    help = "Take in a partner's file with payment arrears (CSV): every good row becomes a signal once, every bad row is named with its line and reasons."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--partner", required=True, help="name or ref of the partner whose file it is")
        parser.add_argument("--dry-run", action="store_true", help="look at every row, keep nothing")
        parser.add_argument("--errors", type=Path, help="write the refused rows to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.work(system_actor(at=timezone.now()), **options)
        except Absent:
            raise CommandError(_("There is no partner with this name. Add it first, or give its name as it stands in Management.")) from None
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        except OSError as problem:
            raise CommandError(f"{options['file']}: {problem.strerror}") from None

    def work(self, actor: Any, **options: Any) -> None:
        content, partner = options["file"].read_bytes(), partner_named(name=options["partner"])
        file = keep_file(actor=actor.again(), at=actor.at, partner=partner, name=options["file"].name, content=content)
        self.tell_refused(file, options["errors"])
        if options["dry_run"]:
            self.dry(actor, file)
            return
        file = self.run(actor, file)
        told = _("%(new)s taken in, %(known)s known already, %(refused)s refused, of %(rows)s rows")
        self.stdout.write(told % {"new": file.new, "known": file.known, "refused": file.refused, "rows": file.rows})

    def run(self, actor: Any, file: DebtFile) -> DebtFile:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(file=self.stdout, width=100)) as bar:
            task = bar.add_task(_("Rows"), total=file.rows)
            return take_in(file=file, actor=actor, at=actor.at, seen=lambda n: bar.update(task, completed=n))

    def dry(self, actor: Any, file: DebtFile) -> None:
        counted = {"good": file.good - file.known, "known": file.known, "refused": file.refused}
        if file.state == DebtFile.State.CHECKED:
            drop_file(actor=actor.again(), at=actor.at, file=file)
        self.stdout.write(_("Nothing was kept: this was a try-out. %(good)s would come in, %(known)s are known already, %(refused)s are refused.") % counted)

    def tell_refused(self, file: DebtFile, errors: Path | None) -> None:
        for line, reasons in refused_of(file=file):
            self.stderr.write(_("line %(number)d: %(reason)s") % {"number": line, "reason": " ".join(reasons)})
        if errors:
            errors.write_text(refused_csv(rows=refused_of(file=file)), encoding="utf-8-sig", newline="")

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from nabij.core.errors import Absent
from nabij.post.mailbox import MailboxError
from nabij.post.models import REFUSAL_WORDS, Incoming
from nabij.signals.mailroom import MailReport, count_messages, import_mail, write_refused
from nabij.signals.queries import team_named


class Command(BaseCommand):
    help = "Take in a folder of .eml files, a maildir or an mbox: every message becomes a signal, joins one, or is refused with a reason."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--team", default="", help="name or ref of the team whose mailbox it is (default: the front door)")
        parser.add_argument("--refused", type=Path, default=settings.DATA / "imports" / "refused-mail.csv", help="where the refused go (CSV)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            team, total = team_named(name=options["team"]), count_messages(path=options["path"])
        except Absent:
            raise CommandError(_("Name one team that reads this mailbox: --team NAME.")) from None
        except MailboxError as problem:
            raise CommandError(str(problem)) from None
        console = Console(file=self.stdout, width=100)
        with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console) as bar:
            task = bar.add_task(_("Messages"), total=total)
            report = import_mail(path=options["path"], team=team, at=timezone.now(), seen=lambda n: bar.update(task, completed=n))
        refused = write_refused(file=options["refused"], team=team)
        _show(console, report, refused, options["refused"])


def _show(console: Console, report: MailReport, refused: int, file: Path) -> None:
    table = Table(_("What became of it"), _("Messages"), title=_("%(count)d messages read") % {"count": report.tally.read})
    for state in (Incoming.State.SIGNAL, Incoming.State.LINKED):
        table.add_row(str(state.label), str(report.became[state]))
    for reason, count in sorted(report.tally.refused.items()):
        table.add_row(_("Refused: %(reason)s") % {"reason": REFUSAL_WORDS[reason]}, str(count))
    table.add_row(_("Known already"), str(report.tally.known))
    table.add_row(_("Failed; comes again in the next run"), str(len(report.failed) + len(report.tally.problems)))
    console.print(table)
    for source, problem in [*report.failed, *report.tally.problems]:
        console.print(f"  {source}: {problem}", markup=False)
    if refused:
        console.print(_("All refused messages with their reasons: %(file)s") % {"file": file}, markup=False)

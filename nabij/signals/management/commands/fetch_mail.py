from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.core.errors import Absent
from nabij.post.imap import address_of
from nabij.post.mailbox import MailboxError
from nabij.post.models import Incoming
from nabij.signals.mailroom import MailReport, fetch_mail
from nabij.signals.queries import team_named


class Command(BaseCommand):
    help = "Take in what lies in the IMAP mailbox of NABIJ_IMAP_URL; each message is put away after it is safe here. `nabij work` does it every two minutes."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--team", default="", help="name or ref of the team whose mailbox it is (default: the front door)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IMAP_URL:
            raise CommandError(_("There is no mailbox yet. Set NABIJ_IMAP_URL to imaps://name@mail.example.nl/INBOX."))
        try:
            team = team_named(name=options["team"])
            report = fetch_mail(address=address_of(url=settings.IMAP_URL, password=settings.IMAP_PASSWORD), team=team, at=timezone.now())
        except Absent:
            raise CommandError(_("Name one team that reads this mailbox: --team NAME.")) from None
        except MailboxError as problem:
            raise CommandError(str(problem)) from None
        self.tell(report)

    def tell(self, report: MailReport) -> None:
        counted = {state: report.became[state] for state in (Incoming.State.SIGNAL, Incoming.State.LINKED)}
        told = _("%(read)d read: %(new)d became a signal, %(linked)d joined one, %(refused)d refused, %(known)d known already.")
        self.stdout.write(told % {
            "read": report.tally.read, "new": counted[Incoming.State.SIGNAL], "linked": counted[Incoming.State.LINKED],
            "refused": report.tally.refused.total(), "known": report.tally.known,
        })  # fmt: skip
        for source, problem in [*report.failed, *report.tally.problems]:
            self.stderr.write(f"{source}: {problem}")

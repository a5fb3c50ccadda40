from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from nabij.demo.building import build, is_empty
from nabij.demo.logins import is_there, logins, password
from nabij.demo.showing import shown_progress


class Command(BaseCommand):
    help = "Fill an empty database with a believable municipality in which nobody is real, and print a log-in for each role."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--size", type=int, default=1500, help="about how many residents (default 1500)")
        parser.add_argument("--print-logins", action="store_true", help="only print the log-ins again")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (is_there() or options["print_logins"]):
            self.make(options["size"])
        self.tell()

    def make(self, size: int) -> None:
        if not is_empty():
            raise CommandError(
                _(
                    "There are people in this database already. A demonstration is only made in an empty one: choose another data folder."
                )
            )
        with shown_progress() as progress:
            hashed = make_password(password())
            world, _findings = build(size=max(size, 20), now=timezone.now(), password=hashed, progress=progress)
        self.stdout.write(world.summary)

    def tell(self) -> None:
        if not is_there():
            raise CommandError(_("There is no demonstration here. Make one with: nabij demo"))
        table = Table(
            _("Function"), _("Name"), _("Team"), _("E-mail address"), title=_("Log-ins, on this computer only")
        )
        for row in logins():
            table.add_row(*row)
        Console(file=self.stdout._out, width=118).print(table)
        self.stdout.write(_("Password for all: %(password)s") % {"password": password()})

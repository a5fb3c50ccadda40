from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nabij.administration.permissions import permissions_page


class Command(BaseCommand):
    help = "Print who may do what, from the declarations in the code. --write FILE writes it; --check FILE fails when it is out of date."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--write", metavar="FILE")
        parser.add_argument("--check", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        page = permissions_page()
        if options["check"]:
            if Path(options["check"]).read_text(encoding="utf-8") != page:
                raise CommandError(f"{options['check']} is out of date: run nabij permissions --write {options['check']}")
        elif options["write"]:
            Path(options["write"]).write_text(page, encoding="utf-8")
        else:
            self.stdout.write(page)

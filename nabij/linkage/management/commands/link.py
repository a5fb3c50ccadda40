from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import Progress

from nabij.linkage.files import LANGUAGES, link_files
from nabij.linkage.mapping import Columns, Unmapped


class Command(BaseCommand):
    help = "Link two CSV files of persons, or find who stands twice in one: docs/how-to/link-two-files.md."
    requires_migrations_checks = False

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("left", type=Path)
        parser.add_argument("right", type=Path, nargs="?", help="leave out: who stands twice in LEFT")
        parser.add_argument("--out", type=Path, required=True, help="the pairs, as CSV")
        parser.add_argument("--columns", type=Path, help="TOML or JSON: which column is which piece; else guessed from the headings")
        parser.add_argument("--language", choices=sorted(LANGUAGES), default="nl", help="rules of names and addresses")
        parser.add_argument("--threshold", type=float, default=0.5, help="least probability of a pair (0.5)")
        parser.add_argument("--many", action="store_true", help="a row may be linked more than once")
        parser.add_argument("--no-learning", action="store_true", help="use the weights as shipped")
        parser.add_argument("--processes", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(disable=not self.stdout.isatty()) as progress:
            bar = progress.add_task("Persons", total=None)
            count = self.link(options, lambda done, of: progress.update(bar, completed=done, total=of))
        self.stdout.write(f"{count} pairs written to {options['out']}")

    def link(self, options: dict[str, Any], told: Any) -> int:
        chosen = {name: options[name] for name in ("out", "language", "threshold", "processes")}
        chosen |= {"mapping": options["columns"], "one_to_one": not options["many"], "learning": not options["no_learning"]}
        try:
            return link_files(options["left"], options["right"], **chosen, told=told, columns_told=self.say)
        except (Unmapped, OSError, ValueError) as wrong:
            raise CommandError(str(wrong)) from None

    def say(self, name: str, columns: Columns) -> None:
        read = ", ".join(f"{piece} = {' + '.join(names)}" for piece, names in columns.pieces.items())
        self.stdout.write(f"{name}: {read}")

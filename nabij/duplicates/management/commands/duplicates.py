from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.progress import Progress

from nabij.access.actor import system_actor
from nabij.duplicates.actions import find_pairs
from nabij.duplicates.weighing import count_persons, persons


class Command(BaseCommand):
    help = "Find who may stand in the file twice; colleagues look at the pairs under Double. Run it again whenever you like."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--organisation", type=int, help="number of one organisation; else all")
        parser.add_argument("--after", type=int, default=0, help="go on after this dossier number, when a run was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        at, kept, house = timezone.now(), 0, options["organisation"]
        with Progress(disable=not self.stdout.isatty()) as progress:
            bar = progress.add_task("Persons", total=count_persons(controller_id=house))
            for part in persons(after=options["after"], controller_id=house):
                kept += find_pairs(actor=system_actor(at=at), at=at, part=part, told=lambda done: progress.advance(bar, done))
        self.stdout.write(f"{kept} pairs to look at")

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from nabij.audit.actions import seal_entries
from nabij.audit.queries import verify


class Command(BaseCommand):
    help = "Prove the record of who did and saw what, or name the first entry that is broken. --seal closes the open range first."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seal", action="store_true", help="seal the entries since the last seal when all is well")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if verdict.broken:
            raise CommandError(f"BROKEN: {verdict.broken}")
        if options["seal"]:
            seal_entries(at=timezone.now())
        self.stdout.write(f"proven: {verdict.entries} sealed entries in {verdict.seals} seals, {verdict.unsealed} not sealed yet")

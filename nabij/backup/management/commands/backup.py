from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.backup.errors import BackupTrouble
from nabij.backup.making import make_backup


class Command(BaseCommand):
    help = "Write the database and the stored papers to one sealed file while everybody works on. Keep the key ring apart: without it the file does not open."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_backup(target=options["file"].resolve(), at=timezone.now())
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        told = {"file": options["file"], "size": f"{made.size / 1e6:.1f}", "papers": made.papers}
        self.stdout.write(_("backup: %(file)s, %(size)s MB, %(papers)d stored papers") % told)

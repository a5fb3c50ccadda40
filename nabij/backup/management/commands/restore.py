from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from nabij.backup.errors import BackupTrouble
from nabij.backup.restoring import examine_backup, restore_backup


class Command(BaseCommand):
    help = "Put a backup back into an empty place, after proving every byte of it. --check only proves the file. Then run: nabij verify"
    requires_system_checks = ()

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="prove the file and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.check_only(options["file"]) if options["check"] else self.restore(options["file"]))
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None

    def check_only(self, file: Path) -> str:
        return _("sound: made at %(moment)s") % {"moment": examine_backup(source=file)["made_at"]}

    def restore(self, file: Path) -> str:
        back = restore_backup(source=file)
        told = {"moment": back.made_at, "papers": back.papers}
        said = _("restored: as it was at %(moment)s, %(papers)d stored papers.") % told
        return said + "\n" + _("Now run nabij verify. Mail that was waiting then goes out as soon as nabij work runs.")

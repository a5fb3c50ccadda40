from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.upkeep.sweep import sweep


class Command(BaseCommand):
    help = "Check every promise now and repair what time broke. The good number of each is 0; a second run finds only what a person must do."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = sweep(at=timezone.now())
        if not findings:
            self.stdout.write(_("Another sweep is at work now; this one did nothing."))
            return
        for finding in findings:
            self.stdout.write(f"{finding.found:>7} {finding.repaired:>7}  {finding.meaning}")
        found, repaired = sum(f.found for f in findings), sum(f.repaired for f in findings)
        self.stdout.write(_("found: %(found)d, repaired: %(repaired)d") % {"found": found, "repaired": repaired})

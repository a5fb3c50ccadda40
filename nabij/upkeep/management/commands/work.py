import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from nabij.upkeep.jobs import put_in_place
from nabij.upkeep.working import run_until_stopped


class Command(BaseCommand):
    help = "Do the jobs until stopped: mail every minute, sealing every 15 minutes, duty at 17:05, the sweep at 02:30."

    def handle(self, *args: Any, **options: Any) -> None:
        put_in_place(at=timezone.now())
        sys.exit(run_until_stopped(words=[sys.executable, "-m", "nabij", "qcluster"]))

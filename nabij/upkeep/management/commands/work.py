from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from nabij.upkeep.jobs import put_in_place


class Command(BaseCommand):
    help = "Do the jobs until stopped: mail every minute, sealing every 15 minutes, duty at 17:05, the sweep at 02:30."

    def handle(self, *args: Any, **options: Any) -> None:
        put_in_place(at=timezone.now())
        call_command("qcluster")  # stops in order on SIGTERM and Ctrl-C: the job under way is finished first

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from nabij.digests.sending import send_due_digests


class Command(BaseCommand):
    help = "Write the mail of everybody whose hour has come and who had none today. Again, or two at once: nobody gets it twice."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = send_due_digests(at=timezone.now())
        self.stdout.write(_("mailed: %(mailed)d, nothing to tell: %(nothing)d, failed: %(failed)d") % {name: counts[name] for name in ("mailed", "nothing", "failed")})

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Answer web requests with one process per core, each with one thread. Stops in order on SIGTERM."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)

    def handle(self, *args: Any, **options: Any) -> None:
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is not there
        words = ["--interface", "wsgi", "--host", options["host"], "--port", str(options["port"]), "--no-ws"]
        words += ["--workers", str(options["workers"]), "--blocking-threads", "1", "--log-level", "warning"]
        words += [
            "--workers-kill-timeout",
            "5",
        ]  # a worker process told to stop while it is still starting may not hear it
        # in place of this process, so that a stop signal reaches the server itself
        os.execv(sys.executable, [sys.executable, "-m", "granian", *words, "nabij.config.wsgi:application"])  # noqa: S606

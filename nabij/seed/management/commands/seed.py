from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from nabij.core.ids import new_receipt_number
from nabij.seed.building import build, is_empty

FILE = "seed.password"


class Command(BaseCommand):
    help = "Fill an EMPTY database with a made-up region of any size, to measure and to practise. Log-ins work on this computer only, with NABIJ_DEMO=yes."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--size", type=int, default=100_000, help="how many residents (default 100000: 500 workers, a million contacts)")
        parser.add_argument("--random-seed", type=int, default=1441, help="the same number gives the same region")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["size"] < 50:
            raise CommandError("Choose a size of 50 residents or more.")
        if not is_empty():
            raise CommandError("There are people in this database already. Choose another data folder or database: seed writes only in an empty one.")
        word = new_receipt_number()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as shown:
            facts = {"residents": options["size"], "random_seed": options["random_seed"], "password": make_password(word)}
            sizes = build(now=timezone.now(), watch=watching(shown), **facts)
        keep(word)
        self.stdout.write(
            f"{sizes.residents} residents, {sizes.workers} workers in {sizes.teams} teams, {sizes.contacts} contacts, {sizes.open_work} open commitments,"
            f" {sizes.entries} audit entries. Log in as w1@nabij.example with the password in {settings.SECRETS / FILE}. Now run: nabij sweep, nabij verify"
        )


def watching(shown: Progress) -> Callable[[str, int], Callable[[int], None]]:
    """Return what makes one bar for each part."""

    def watch(part: str, total: int) -> Callable[[int], None]:
        task = shown.add_task(part, total=total)
        return lambda count: shown.advance(task, count)

    return watch


def keep(word: str) -> None:
    """Keep the password of the practice log-ins beside the other secrets (mode 600)."""
    file = settings.SECRETS / FILE
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text(word, encoding="utf-8")
